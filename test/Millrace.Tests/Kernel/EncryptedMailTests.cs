using System.Net;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>
/// STARTTLS and IMAPS with servers whose certificates the test makes. A process knows from its start whom it trusts.
/// </summary>
public sealed class EncryptedMailTests(Server server)
{
    private const string NotTrusted = "shows a certificate that is not trusted here (";
    private const string OtherName = "shows a certificate for another name than localhost.";
    private const string NothingSent = "Neither a password nor a mail was sent.";

    [Fact]
    public async Task A_mail_server_that_nobody_vouches_for_gets_no_password_and_the_mail_waits()
    {
        using var authority = new Authority();
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start("erp", "secret", authority.Sign("localhost"));
        await using var work = await MailWork.Start(open.Database, MailWork.Quick with { Timeout = TimeSpan.FromSeconds(10) });
        await open.SetMail(MailWork.Encrypted(mails.Port, "erp", "secret", Loopback.FreePort()));

        await open.TestMail("ayse@firma.example");

        var error = (await open.MailIs("queued", attempts: 2)).GetProperty("error").GetString();
        Assert.StartsWith($"localhost:{mails.Port} {NotTrusted}", error, StringComparison.Ordinal);
        Assert.Contains(NothingSent, error, StringComparison.Ordinal);
        Assert.Contains("PartialChain", error, StringComparison.Ordinal);
        Assert.Contains("SSL_CERT_FILE", error, StringComparison.Ordinal);
        // It had offered to take the password in the clear as well.
        Assert.Equal(["STARTTLS clear"], mails.Commands().Distinct(StringComparer.Ordinal));
        Assert.Empty(mails.Taken());
    }

    [Fact]
    public async Task A_mailbox_that_nobody_vouches_for_gets_no_password()
    {
        using var authority = new Authority();
        await using var box = await MailboxServer.Start(authority.Sign("localhost"));
        var mailbox = new Mailbox("localhost", box.Port, Tls: true, MailboxServer.User, MailboxServer.Password);

        var failed = await Assert.ThrowsAsync<ImapFailed>(() =>
            ImapSession.Open(mailbox, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)
        );

        Assert.StartsWith($"The mailbox localhost:{box.Port} {NotTrusted}", failed.Message, StringComparison.Ordinal);
        Assert.Contains(NothingSent, failed.Message, StringComparison.Ordinal);
        await NobodySignedIn(box);
    }

    [Fact]
    public async Task With_its_authority_in_SSL_CERT_FILE_mail_leaves_and_comes_back_encrypted()
    {
        using var authority = new Authority();
        var certificate = authority.Sign("localhost");
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start("erp", "secret", certificate);
        await using var box = await MailboxServer.Start(certificate);
        await using var program = await Trusting(authority, open);
        using var api = await ApiClient.Authorize(program.Url, await open.Factory.AddClient("mailer"));

        await SendTestMail(open, api, MailWork.Encrypted(mails.Port, "erp", "secret", box.Port));

        await open.MailIs("sent");
        // Without the right password it takes no mail.
        Assert.Single(mails.Taken());
        Assert.Equal(["STARTTLS clear", "AUTH TLSv1.3", "MAIL TLSv1.3"], mails.Commands());
        await box.Put(ReturnedMailTests.Report(await ReturnedMailTests.MessageId(open), "failed", "5.1.1", "smtp; 550 gone"));
        await ReadMailbox(api);
        var mail = await open.MailIs("returned");
        Assert.Contains("550 gone", mail.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Matches($"Login: user=<{MailboxServer.User}>.*, TLS", await box.Log());
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_though_its_authority_is_trusted()
    {
        using var authority = new Authority();
        var certificate = authority.Sign("other.example");
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start("erp", "secret", certificate);
        await using var box = await MailboxServer.Start(certificate);
        await using var program = await Trusting(authority, open);
        using var api = await ApiClient.Authorize(program.Url, await open.Factory.AddClient("mailer"));

        await SendTestMail(open, api, MailWork.Encrypted(mails.Port, "erp", "secret", box.Port));
        await ReadMailbox(api);

        var error = (await open.MailIs("queued")).GetProperty("error").GetString();
        Assert.StartsWith($"localhost:{mails.Port} {OtherName} {NothingSent}", error, StringComparison.Ordinal);
        Assert.Equal(["STARTTLS clear"], mails.Commands());
        Assert.Empty(mails.Taken());
        var reading = await Eventually.Get(
            async () => (await api.Get("/api/v1/jobs?filter=job:is:mail.returned&limit=1")).Json.GetProperty("items")[0],
            job => job.GetProperty("error").GetString() is { Length: > 0 },
            "reading the mailbox failed"
        );
        Assert.Contains(
            $"The mailbox localhost:{box.Port} {OtherName} {NothingSent}",
            reading.GetProperty("error").GetString(),
            StringComparison.Ordinal
        );
        await NobodySignedIn(box);
    }

    /// <summary>As an administrator tells it whom to trust.</summary>
    private static Task<ProgramProcess> Trusting(Authority authority, OpenFactory open) =>
        ProgramProcess.Serve(open.Database.ConnectionString, environment: ("SSL_CERT_FILE", authority.Pem));

    private static async Task SendTestMail(OpenFactory open, ApiClient api, object settings)
    {
        var company = $"/api/v1/companies/{open.Factory.Company}";
        Assert.Equal(HttpStatusCode.OK, (await api.Put($"{company}/mail-settings", settings, 1)).Status);
        var queued = await api.Post($"{company}/test-mails", new { to = "ayse@firma.example", language = "en" });
        Assert.Equal(HttpStatusCode.OK, queued.Status);
    }

    private static async Task ReadMailbox(ApiClient api)
    {
        var schedules = (await api.Get("/api/v1/schedules")).Json.GetProperty("items").EnumerateArray();
        var reading = schedules.Single(one => one.GetProperty("jobType").GetString() == "mail.returned");
        var run = await api.Post($"/api/v1/schedules/{reading.GetProperty("id").GetGuid()}/run");
        Assert.Equal(HttpStatusCode.OK, run.Status);
    }

    // Dovecot notes at the end of an encrypted session who it was; whether it listens was asked without encryption.
    private static async Task NobodySignedIn(MailboxServer box)
    {
        var log = await Eventually.Get(box.Log, text => text.Split('\n').Any(IsNobodys), "a session without a user has ended");
        Assert.DoesNotContain($"user=<{MailboxServer.User}>", log, StringComparison.Ordinal);
    }

    private static bool IsNobodys(string line) =>
        line.Contains("user=<>", StringComparison.Ordinal)
        && (line.Contains(", TLS:", StringComparison.Ordinal) || line.Contains(", TLS,", StringComparison.Ordinal));
}
