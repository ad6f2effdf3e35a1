using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace Millrace.Kernel;

/// <summary>What became of one attempt, as the state of the mail: queued when the server may be asked again.</summary>
internal sealed record SmtpAnswer(string State, string Sentence)
{
    internal static readonly SmtpAnswer Ok = new("sent", "");

    internal static SmtpAnswer Refused(string sentence) => new("refused", sentence);

    internal static SmtpAnswer Later(string sentence) => new("queued", sentence);

    /// <summary>The program cannot write this mail; asking again would not help.</summary>
    internal static SmtpAnswer Broken(string sentence) => new("failed", sentence);
}

/// <summary>A mail ready to leave.</summary>
internal sealed record SmtpMail(string To, string MessageId, string Language, WrittenMail Written, IReadOnlyList<MailFile> Files);

/// <summary>Hands one mail to one server; the only place that speaks SMTP (see docs/decisions/0010).</summary>
internal static class SmtpSend
{
    internal static async Task<SmtpAnswer> Run(MailServer server, SmtpMail mail, TimeSpan timeout, CancellationToken stop)
    {
        using var message = Message(server, mail);
        using var client = new SmtpClient(server.Host, server.Port)
        {
            EnableSsl = server.Security == "starttls",
            UseDefaultCredentials = false,
            Credentials = server.Username.Length > 0 ? new NetworkCredential(server.Username, server.Password) : null,
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(timeout);
        try
        {
            await client.SendMailAsync(message, patience.Token);
            return SmtpAnswer.Ok;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return SmtpAnswer.Later($"{server.Address} did not answer within {timeout.TotalSeconds:0} seconds.");
        }
        catch (Exception failed) when (Distrust.Reason(failed, server.Host) is { } reason)
        {
            return SmtpAnswer.Later($"{server.Address} {reason}");
        }
        catch (SmtpException failed)
        {
            return Judge(server, failed);
        }
        catch (Exception failed) when (failed is IOException or FormatException)
        {
            return SmtpAnswer.Later($"{server.Address}: {Reason(failed)}");
        }
    }

    // 5xx is for good, except where the server means our settings and not this mail: unknown commands (500 to 504) and signing
    // in (530 to 538). Those wait, so that a changed password costs no mail.
    internal static SmtpAnswer Judge(MailServer server, SmtpException failed)
    {
        var code = (int)failed.StatusCode;
        var sentence = code > 0 ? $"{code.ToString(CultureInfo.InvariantCulture)}: {Reason(failed)}" : Reason(failed);
        return code is >= 505 and < 600 and not (>= 530 and <= 538)
            ? SmtpAnswer.Refused($"{server.Address} refuses it with {sentence}")
            : SmtpAnswer.Later($"{server.Address} answers {sentence}");
    }

    private static MailMessage Message(MailServer server, SmtpMail mail)
    {
        var message = new MailMessage
        {
            From = new MailAddress(server.FromAddress, server.FromName, Encoding.UTF8),
            To = { new MailAddress(mail.To) },
            Subject = mail.Written.Subject,
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
            DeliveryNotificationOptions = DeliveryNotificationOptions.OnFailure,
            AlternateViews =
            {
                AlternateView.CreateAlternateViewFromString(mail.Written.Text, Encoding.UTF8, MediaTypeNames.Text.Plain),
                AlternateView.CreateAlternateViewFromString(mail.Written.Html, Encoding.UTF8, MediaTypeNames.Text.Html),
            },
        };
        message.Headers.Add("Message-ID", mail.MessageId);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Content-Language", mail.Language);
        foreach (var file in mail.Files)
            message.Attachments.Add(
                new Attachment(new MemoryStream(file.Content), file.Name, file.MediaType) { NameEncoding = Encoding.UTF8 }
            );
        return message;
    }

    private static string Reason(Exception failed)
    {
        var texts = new List<string>();
        for (var one = failed; one is not null; one = one.InnerException)
            texts.Add(one.Message);
        var all = string.Join(' ', texts.Distinct(StringComparer.Ordinal)).ReplaceLineEndings(" ");
        return all.Length > 500 ? all[..500] : all;
    }
}
