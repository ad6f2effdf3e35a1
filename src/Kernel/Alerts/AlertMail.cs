using System.Globalization;

namespace Millrace.Kernel;

/// <summary>What is written to those who are told of alerts by mail.</summary>
internal static class AlertMail
{
    private const string Opened = "kernel.alert";
    private const string Over = "kernel.alert_over";

    internal static readonly MailTemplate OpenedMail = new(
        Opened,
        English: new("Millrace: {alert} ({figure})", "{sentence}\n\nFigure: {figure}"),
        Turkish: new("Millrace: {alert} ({figure})", "{sentence}\n\nDeğer: {figure}")
    );

    internal static readonly MailTemplate OverMail = new(
        Over,
        English: new("Millrace: {alert} is over", "The alert {alert} is over. Nothing needs to be done."),
        Turkish: new("Millrace: {alert} sona erdi", "{alert} uyarısı sona erdi. Bir şey yapmanız gerekmiyor.")
    );

    internal static OutgoingMail About(AlertRule rule, decimal figure, bool isOpen, string to, string language) =>
        new(
            to,
            isOpen ? Opened : Over,
            language,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["alert"] = rule.Name,
                ["figure"] = string.Create(CultureInfo.InvariantCulture, $"{figure:0.###} {rule.Unit}").Trim(),
                ["sentence"] = language == "tr" ? rule.Turkish : rule.English,
            }
        );
}
