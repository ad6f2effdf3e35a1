using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>The mails about coming in: an invitation, and a link for a new password.</summary>
internal static class IdentityMails
{
    internal const string Invitation = "identity.invitation";
    internal const string PasswordReset = "identity.password_reset";
    internal const string FactorRemoved = "identity.second_factor_removed";

    internal static readonly IReadOnlyList<MailTemplate> Templates =
    [
        new(
            Invitation,
            English: new(
                "{organisation} invites you to Millrace",
                "Hello {name},\n\n{organisation} works with Millrace and invites you to join. "
                    + "Open this link and choose a password:"
                    + "\n\n{link}\n\nThe link counts once and for a week."
            ),
            Turkish: new(
                "{organisation} sizi Millrace’e davet ediyor",
                "Merhaba {name},\n\n{organisation} Millrace kullanıyor ve sizi katılmaya davet ediyor. Bu bağlantıyı "
                    + "açıp bir parola "
                    + "belirleyin:\n\n{link}\n\nBağlantı bir kez ve bir hafta boyunca geçerlidir."
            )
        ),
        new(
            PasswordReset,
            English: new(
                "A new password for Millrace",
                "Somebody, we hope you, has asked for a new password for {email}. Open this link and choose one:\n\n{link}"
                    + "\n\nThe link counts once and for an hour. If it was not you, nothing needs to be done."
            ),
            Turkish: new(
                "Millrace için yeni parola",
                "Biri, umarız siz, {email} için yeni bir parola istedi. Bu bağlantıyı açıp yeni parolanızı "
                    + "belirleyin:\n\n{link}"
                    + "\n\nBağlantı bir kez ve bir saat boyunca geçerlidir. Siz istemediyseniz bir şey yapmanız gerekmiyor."
            )
        ),
        new(
            FactorRemoved,
            English: new(
                "Your second factor for Millrace was removed",
                "Hello {name},\n\nan administrator has removed the second factor of your account, and you were signed out "
                    + "everywhere. Sign in with your password and set up a new one under Account."
                    + "\n\nIf you did not ask for this, tell your administrator at once."
            ),
            Turkish: new(
                "Millrace için ikinci doğrulamanız kaldırıldı",
                "Merhaba {name},\n\nbir yönetici hesabınızın ikinci doğrulamasını kaldırdı ve tüm oturumlarınız kapatıldı. "
                    + "Parolanızla giriş yapın ve Hesap sayfasında yenisini kurun."
                    + "\n\nBunu siz istemediyseniz hemen yöneticinize haber verin."
            )
        ),
    ];
}
