using System.Security.Authentication;

namespace Millrace.Kernel;

/// <summary>Why the encryption offered by a server is not accepted. Nothing has been sent by then, no password either.</summary>
internal static class Distrust
{
    private const string NothingSent = "Neither a password nor a mail was sent.";

    /// <summary>What to say after the server's address, or nothing when it failed for another reason.</summary>
    internal static string? Reason(Exception? failed, string host) =>
        failed is null ? null
        : failed is AuthenticationException ? Sentence(failed.Message, failed.InnerException?.Message, host)
        : Reason(failed.InnerException, host);

    // Only .NET's text says what is wrong, after its colon: RemoteCertificateNameMismatch, UntrustedRoot, NotTimeValid and so on.
    private static string Sentence(string text, string? cause, string host)
    {
        if (text.Contains("NameMismatch", StringComparison.Ordinal))
            return $"shows a certificate for another name than {host}. {NothingSent} "
                + $"Enter the server under the name in its certificate, or give it one for {host}.";
        if (text.Contains("certificate is invalid", StringComparison.Ordinal))
            return $"shows a certificate that is not trusted here ({text[(text.LastIndexOf(':') + 1)..].Trim()}). {NothingSent} "
                + "Give the server a valid certificate of a known authority, "
                + "or name the file of its authority in SSL_CERT_FILE and start Millrace again.";
        return $"and Millrace do not agree on an encryption ({cause ?? text}). {NothingSent} "
            + "The server must offer TLS 1.2 or later.";
    }
}
