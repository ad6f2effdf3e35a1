using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>The mail server of a company, the mailbox of what comes back, and a mail to try it.</summary>
public static class MailSettingsOfCompany
{
    public sealed record Request(
        [Required, Text(253)] string Host,
        [Range(1, 65535)] int Port,
        [Required, OneOf("starttls", "none")] string Security,
        [Required, Text(254)] string FromAddress,
        [Text(100, MayBeEmpty = true)] string FromName = "",
        [Text(254, MayBeEmpty = true)] string Username = "",
        [Text(200)] string? Password = null,
        [Text(253, MayBeEmpty = true)] string ImapHost = "",
        [Range(1, 65535)] int ImapPort = 993,
        [OneOf("tls", "none")] string ImapSecurity = "tls",
        [Text(254, MayBeEmpty = true)] string ImapUsername = "",
        [Text(200)] string? ImapPassword = null
    );

    public sealed record TestRequest([Required, Text(254)] string To, [Required, OneOf("en", "tr")] string Language);

    public sealed record Queued(Guid MailId);

    private static readonly MailAccounts.Account Blank = new(
        "",
        587,
        "starttls",
        "",
        HasPassword: false,
        "",
        "",
        "",
        993,
        "tls",
        "",
        HasImapPassword: false,
        1
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/companies/{companyId:guid}/mail-settings", Show)
            .Needs(CompanyPermissions.Mail)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("Mail server of a company; passwords are never shown");
        api.MapPut("/companies/{companyId:guid}/mail-settings", Change)
            .Needs(CompanyPermissions.Mail)
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change the mail server of a company; a password left out stays");
        api.MapPost("/companies/{companyId:guid}/test-mails", Try)
            .Needs(CompanyPermissions.Mail)
            .Once()
            .WithSummary("Send a mail to try the settings");
    }

    private static async Task<MailAccounts.Account> Show(HttpContext http, Db db, Guid companyId)
    {
        await ListCompanies.One(db, companyId);
        var account = await MailAccounts.Of(db, companyId) ?? Blank;
        Versions.Show(http, account.Version);
        return account;
    }

    private static async Task<MailAccounts.Account> Change(
        HttpContext http,
        Db db,
        Secrets secrets,
        Guid companyId,
        Request request
    )
    {
        var expected = Versions.Expected(http);
        await ListCompanies.One(db, companyId);
        Mails.Address(request.FromAddress, "fromAddress");
        var known = await MailAccounts.Of(db, companyId) ?? Blank;
        Judge(request, known);
        var change = new MailAccounts.Change(
            request.Host,
            request.Port,
            request.Security,
            request.Username,
            request.Username.Length > 0 ? request.Password : null,
            request.FromAddress,
            request.FromName,
            request.ImapHost,
            request.ImapPort,
            request.ImapSecurity,
            request.ImapUsername,
            request.ImapHost.Length > 0 ? request.ImapPassword : null
        );
        var saved = await MailAccounts.Save(db, secrets, companyId, change, expected) ?? throw Versions.Changed("mail server");
        if (saved.ImapHost.Length > 0)
            await Schedules.Ensure(db, $"mail.returned/{companyId}", "*/5 * * * *", "UTC", new ReadReturnedMails(companyId));
        Versions.Show(http, saved.Version);
        return saved;
    }

    // A password belongs to the server it was entered for: another host does not get it.
    private static void Judge(Request request, MailAccounts.Account known)
    {
        Host(request.Host, "host");
        if (request.ImapHost.Length > 0)
            Host(request.ImapHost, "imapHost");
        var keeps = known.HasPassword && known.Host == request.Host && known.Port == request.Port;
        if (request.Username.Length > 0 && request.Password is null && !keeps)
            throw Invalid.Field("password", "Enter the password of this user on this server.");
        var keepsImap = known.HasImapPassword && known.ImapHost == request.ImapHost && known.ImapPort == request.ImapPort;
        if (request.ImapHost.Length > 0 && request.ImapPassword is null && !keepsImap)
            throw Invalid.Field("imapPassword", "Enter the password of this mailbox.");
        if (request is { Security: "none", Username.Length: > 0 } && !IsHere(request.Host))
            throw Invalid.Field("security", "A password is sent only over an encrypted connection. Choose STARTTLS.");
        if (request is { ImapSecurity: "none", ImapHost.Length: > 0 } && !IsHere(request.ImapHost))
            throw Invalid.Field("imapSecurity", "A password is sent only over an encrypted connection. Choose TLS.");
        if (request.Port == 465)
            throw Invalid.Field("port", "465 encrypts from the first byte, which is not spoken here. Use 587 with STARTTLS.");
    }

    private static void Host(string name, string field)
    {
        if (Uri.CheckHostName(name) == UriHostNameType.Unknown)
            throw Invalid.Field(field, $"{field} must be the name or address of a server, such as smtp.firma.example.");
    }

    private static bool IsHere(string host) => host is "localhost" or "127.0.0.1" or "::1";

    private static async Task<Queued> Try(Db db, Guid companyId, TestRequest request)
    {
        var company = await ListCompanies.One(db, companyId);
        if (await MailAccounts.Of(db, companyId) is null)
            throw new Refused("mail.no_server", $"{company.Name} has no mail server yet. Save the settings first.");
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["company"] = company.Name };
        return new Queued(
            await Mails.Queue(db, new OutgoingMail(request.To, KernelMails.Test, request.Language, values, companyId))
        );
    }
}
