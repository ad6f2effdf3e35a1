using System.Globalization;

namespace Millrace.Kernel;

/// <summary>How long a mail server may take, when it is asked again, and what serves companies without one.</summary>
public sealed record MailSettings
{
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause after the first failure; it doubles up to the longest.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMinutes(1);
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>As mail servers do: after three days nobody waits for it any more.</summary>
    public TimeSpan GiveUp { get; init; } = TimeSpan.FromDays(3);

    /// <summary>The installation's own server.</summary>
    internal MailServer? Default { get; init; }

    /// <summary>A folder into which a mail server puts returned mails, one file each.</summary>
    public string? DropFolder { get; init; }

    internal static MailSettings FromEnvironment() =>
        new()
        {
            Default = Environment.GetEnvironmentVariable("MILLRACE_SMTP") is { Length: > 0 } text ? Server(text) : null,
            DropFolder = Environment.GetEnvironmentVariable("MILLRACE_MAIL_DROP") is { Length: > 0 } folder ? folder : null,
        };

    internal TimeSpan PauseAfter(int attempts)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <summary>smtp://user:password@host:587/from@firma.example; smtp+plain:// without encryption.</summary>
    internal static MailServer Server(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "smtp" or "smtp+plain"
        && Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')) is { Length: > 0 } from
            ? new MailServer(
                uri.Host,
                uri.Port > 0 ? uri.Port : 587,
                uri.Scheme == "smtp" ? "starttls" : "none",
                Uri.UnescapeDataString(uri.UserInfo.Split(':')[0]),
                uri.UserInfo.Split(':', 2) is [_, var password] ? Uri.UnescapeDataString(password) : "",
                Mails.Address(from, "MILLRACE_SMTP"),
                "Millrace"
            )
            : throw new FormatException("MILLRACE_SMTP must read smtp://user:password@host:587/from@firma.example.");
}

/// <summary>A mail server as it is spoken to.</summary>
internal sealed record MailServer(
    string Host,
    int Port,
    string Security,
    string Username,
    string Password,
    string FromAddress,
    string FromName
)
{
    internal string Address => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
