using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class ReturnedMailTests(Server server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_that_comes_back_to_the_mailbox_is_noted_once_and_what_is_no_report_is_left_alone()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        await using var box = await MailboxServer.Start();
        await using var work = await MailWork.Start(open.Database);
        await open.SetMail(MailWork.Settings(mails.Port, imap: box.Port));
        await open.TestMail("gone@firma.example");
        await open.MailIs("sent");
        var id = await MessageId(open);
        await box.Put("From: a@b.example\r\nSubject: hello\r\n\r\nA person writes.\r\n");
        await box.Put(Report(id, "failed", "5.1.1", "smtp; 550 no such user here"));
        await box.Put(Report("<0190a0a0a0a07000800000000000000f.1@mill.example>", "failed", "5.1.1", "smtp; 550 not ours"));
        var returned = work.Services.GetRequiredService<ReturnedMails>();

        Assert.Equal(1, await returned.FromMailbox(open.Factory.Tenant, open.Factory.Company, Stop));

        var mail = await open.MailIs("returned");
        Assert.Contains("5.1.1 smtp; 550 no such user here", mail.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, box.Unread());
        Assert.Equal(0, await returned.FromMailbox(open.Factory.Tenant, open.Factory.Company, Stop));
        await box.Put(Report(id, "failed", "5.1.1", "once more"));
        await returned.FromMailbox(open.Factory.Tenant, open.Factory.Company, Stop);
        Assert.DoesNotContain("once more", (await open.MailIs("returned")).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_document_whose_mail_came_back_lists_it_as_returned_with_the_reason()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        await using var box = await MailboxServer.Start();
        await using var work = await MailWork.Start(open.Database);
        await open.SetMail(MailWork.Settings(mails.Port, imap: box.Port));
        await open.Stock(5);
        await open.Database.PostVouchers();
        var voucher = await open.Database.Superuser<string>("select voucher_id::text from accounting.voucher");
        await open.Api.Post($"/api/v1/vouchers/{voucher}/mails", new { to = "gone@firma.example", language = "en" });
        await open.MailIs("sent");
        await box.Put(Report(await MessageId(open), "failed", "5.1.1", "smtp; 550 no such user here"));

        await work.Services.GetRequiredService<ReturnedMails>().FromMailbox(open.Factory.Tenant, open.Factory.Company, Stop);

        var listed = await open.Api.Get($"/api/v1/mails?filter=documentType:is:voucher&filter=documentId:is:{voucher}");
        var mail = Assert.Single(listed.Json.GetProperty("items").EnumerateArray());
        Assert.Equal("returned", mail.GetProperty("state").GetString());
        Assert.Equal("gone@firma.example", mail.GetProperty("recipient").GetString());
        Assert.Contains("550 no such user here", mail.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_that_refuses_or_is_silent_is_said_to_be_so_within_its_time()
    {
        await using var open = await OpenFactory.Start(server);
        await using var box = await MailboxServer.Start();
        var wrong = new Mailbox("127.0.0.1", box.Port, Tls: false, MailboxServer.User, "wrong");
        var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var nobody = wrong with { Port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port };

        var refused = await Assert.ThrowsAsync<ImapFailed>(() => ImapSession.Open(wrong, TimeSpan.FromSeconds(10), Stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImapSession.Open(nobody, TimeSpan.FromSeconds(0.5), Stop));

        Assert.Contains("refuses LOGIN", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", refused.Message, StringComparison.Ordinal);
        silent.Stop();
    }

    [Fact]
    public async Task A_report_in_the_drop_folder_is_noted_on_its_mail_and_the_file_is_put_aside()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        var folder = Directory.CreateTempSubdirectory("mr-drop").FullName;
        await using var work = await MailWork.Start(open.Database, MailWork.Quick with { DropFolder = folder });
        await open.SetMail(MailWork.Settings(mails.Port));
        await open.TestMail("gone@firma.example");
        await open.MailIs("sent");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "1.eml"),
            Report(await MessageId(open), "failed", "5.2.2", "full"),
            Stop
        );
        await File.WriteAllTextAsync(Path.Combine(folder, "2.eml"), "nonsense", Stop);
        await File.WriteAllTextAsync(Path.Combine(folder, ".3.eml"), "still being written", Stop);
        await File.WriteAllBytesAsync(Path.Combine(folder, "4.eml"), new byte[2 * 1024 * 1024], Stop);

        Assert.Equal(1, await work.Services.GetRequiredService<ReturnedMails>().FromFolder(Stop));

        await open.MailIs("returned");
        Assert.Equal(
            [".3.eml", "read/1.eml", "unknown/2.eml", "unknown/4.eml"],
            Directory
                .GetFiles(
                    folder,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }
                )
                .Select(file => Path.GetRelativePath(folder, file))
                .Order(StringComparer.Ordinal)
        );
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_report_that_a_mail_is_late_is_noted_and_the_mail_stays_sent()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        await using var box = await MailboxServer.Start();
        await using var work = await MailWork.Start(open.Database);
        await open.SetMail(MailWork.Settings(mails.Port, imap: box.Port));
        await open.TestMail("late@firma.example");
        await open.MailIs("sent");
        await box.Put(Report(await MessageId(open), "delayed", "4.4.1", "no answer from host"));

        await work.Services.GetRequiredService<ReturnedMails>().FromMailbox(open.Factory.Tenant, open.Factory.Company, Stop);

        var mail = await open.MailIs("sent");
        Assert.Contains("4.4.1", mail.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_about_a_foreign_tenants_mail_changes_nothing()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        await using var box = await MailboxServer.Start();
        await using var work = await MailWork.Start(open.Database);
        await open.SetMail(MailWork.Settings(mails.Port, imap: box.Port));
        await open.TestMail("a@firma.example");
        await open.MailIs("sent");
        var other = await Factory.Make(open.Database.Dbs, "Other");
        await using (var db = other.Open())
        {
            var secrets = open.App.Services.GetRequiredService<Secrets>();
            MailAccounts.Change change = new(
                "127.0.0.1",
                25,
                "none",
                "",
                null,
                "x@y.example",
                "",
                "127.0.0.1",
                box.Port,
                "none",
                MailboxServer.User,
                MailboxServer.Password
            );
            await MailAccounts.Save(db, secrets, other.Company, change, 1);
            await db.Commit();
        }
        await box.Put(Report(await MessageId(open), "failed", "5.1.1", "forged"));

        await work.Services.GetRequiredService<ReturnedMails>().FromMailbox(other.Tenant, other.Company, Stop);

        await open.MailIs("sent");
    }

    internal static Task<string> MessageId(OpenFactory open) =>
        open.Database.Superuser<string>("select message_id from kernel.mail where message_id is not null");

    internal static string Report(string messageId, string action, string status, string diagnostic) =>
        $"""
            From: MAILER-DAEMON@relay.example
            To: erp@mill.example
            Subject: Undelivered Mail Returned to Sender
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status;
              boundary="9B095B5ADSN=_01"

            This is a MIME-encapsulated message.

            --9B095B5ADSN=_01
            Content-Type: text/plain

            I'm sorry to have to inform you that your message could not be delivered.

            --9B095B5ADSN=_01
            Content-Type: message/delivery-status

            Reporting-MTA: dns; relay.example
            Arrival-Date: Fri, 20 Nov 2026 10:00:00 +0300

            Final-Recipient: rfc822; gone@firma.example
            Action: {action}
            Status: {status}
            Diagnostic-Code: {diagnostic}

            --9B095B5ADSN=_01
            Content-Type: text/rfc822-headers

            From: erp@mill.example
            Message-ID:
              {messageId}
            Subject: test

            --9B095B5ADSN=_01--

            """.ReplaceLineEndings("\r\n");
}
