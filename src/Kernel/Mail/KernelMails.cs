namespace Millrace.Kernel;

/// <summary>The mails the kernel itself writes.</summary>
public static class KernelMails
{
    public const string Test = "kernel.test";

    internal static readonly MailTemplate TestMail = new(
        Test,
        English: new(
            "Millrace: test mail from {company}",
            "The mail settings of {company} work: this mail was sent with them.\n\nNothing needs to be done."
        ),
        Turkish: new(
            "Millrace: {company} deneme e-postası",
            "{company} e-posta ayarları çalışıyor: bu e-posta onlarla gönderildi.\n\nBir şey yapmanız gerekmiyor."
        )
    );
}
