using System.Net;
using System.Text;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class MailTests(Server server)
{
    [Fact]
    public async Task A_mail_leaves_in_the_readers_language_as_text_and_html_under_its_own_name()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        await using var work = await MailWork.Start(open.Database);
        Assert.Equal(HttpStatusCode.OK, (await open.SetMail(MailWork.Settings(mails.Port))).Status);

        await open.TestMail("ayse@firma.example", "tr");

        var sent = await open.MailIs("sent");
        Assert.Equal("Millrace: Factory Ltd deneme e-postası", sent.GetProperty("subject").GetString());
        var mail = Assert.Single(mails.Taken());
        Assert.Contains("To: ayse@firma.example", mail, StringComparison.Ordinal);
        Assert.Contains("multipart/alternative", mail, StringComparison.Ordinal);
        Assert.Contains("text/plain; charset=utf-8", mail, StringComparison.Ordinal);
        Assert.Contains("text/html; charset=utf-8", mail, StringComparison.Ordinal);
        Assert.Contains("erp@mill.example", mail, StringComparison.Ordinal);
        Assert.Matches($"Message-ID: <[0-9a-f]{{32}}\\.{open.Factory.Tenant}@mill\\.example>", mail);
        Assert.Contains("Auto-Submitted: auto-generated", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_transaction_taken_back_no_mail_leaves()
    {
        await using var open = await OpenFactory.Start(server);
        await using (var db = open.Factory.Open())
            await Mails.Queue(db, new OutgoingMail("a@b.example", KernelMails.Test, "en", Values("x")));

        Assert.Equal(0L, await open.Count("kernel.mail"));
        Assert.Equal(0L, await open.Count("kernel.job"));
    }

    [Fact]
    public async Task What_the_server_refuses_is_noted_with_its_words_and_not_tried_again()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        await using var work = await MailWork.Start(open.Database);
        await open.SetMail(MailWork.Settings(mails.Port));

        await open.TestMail("unknown@firma.example");
        var unknown = await open.MailIs("refused");
        await open.TestMail("spam@firma.example");
        var spam = await open.MailIs("refused");

        Assert.Contains("550", unknown.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("No such mailbox here", unknown.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("This looks like spam", spam.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, unknown.GetProperty("attempts").GetInt32());
        Assert.Empty(mails.Taken());
    }

    [Theory]
    [InlineData("busy@firma.example", "451")]
    [InlineData("slow@firma.example", "did not answer within")]
    public async Task What_the_server_cannot_take_now_is_tried_again_and_given_up_after_the_last_day(string to, string words)
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        await using var work = await MailWork.Start(
            open.Database,
            MailWork.Quick with
            {
                Timeout = TimeSpan.FromSeconds(0.5),
                GiveUp = TimeSpan.FromSeconds(2),
            }
        );
        await open.SetMail(MailWork.Settings(mails.Port));

        await open.TestMail(to);

        var waits = await open.MailIs("queued", attempts: 1);
        Assert.Contains(words, waits.GetProperty("error").GetString(), StringComparison.Ordinal);
        var failed = await open.MailIs("failed", attempts: 2);
        Assert.Contains(words, failed.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_server_that_is_away_for_an_hour_costs_no_mail_and_doubles_none()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        await using var work = await MailWork.Start(open.Database);
        await open.SetMail(MailWork.Settings(mails.Port));
        await mails.Stop();

        for (var at = 0; at < 20; at++)
            await open.TestMail($"r{at}@firma.example");
        await Eventually.True(
            () => open.Database.Superuser<bool>("select min(attempts) >= 4 from kernel.mail"),
            "each was tried some times"
        );
        await mails.Run();

        await Eventually.True(
            () => open.Database.Superuser<bool>("select bool_and(state = 'sent') from kernel.mail"),
            "all are sent"
        );
        var taken = mails.Taken();
        Assert.Equal(20, taken.Count);
        for (var at = 0; at < 20; at++)
            Assert.Single(taken, mail => mail.Contains($"To: r{at}@firma.example", StringComparison.Ordinal));
        Assert.Equal(0L, await open.Count("kernel.job where state = 'failed'"));
    }

    [Fact]
    public async Task A_wrong_password_lets_mails_wait_until_it_is_put_right()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start("erp", "right");
        await using var work = await MailWork.Start(open.Database);
        await open.SetMail(MailWork.Settings(mails.Port, "erp", "wrong"));
        await open.TestMail("a@firma.example");
        var waits = await open.MailIs("queued", attempts: 2);
        Assert.NotEqual("", waits.GetProperty("error").GetString());

        var right = await open.SetMail(MailWork.Settings(mails.Port, "erp", "right"), version: 2);

        Assert.Equal(HttpStatusCode.OK, right.Status);
        await open.MailIs("sent");
        Assert.Single(mails.Taken());
        // Nobody reads the password again, neither over the API nor in the database.
        Assert.DoesNotContain("right", right.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "right",
            Encoding.Latin1.GetString(await open.Database.Superuser<byte[]>("select password from kernel.mail_account")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Settings_saved_again_without_the_password_keep_it_for_the_same_server_and_no_other()
    {
        await using var open = await OpenFactory.Start(server);
        await open.SetMail(MailWork.Settings(2525, "erp", "secret"));

        var again = await open.SetMail(MailWork.Settings(2525, "erp"), version: 2);
        var other = await open.SetMail(MailWork.Settings(2526, "erp"), version: 3);

        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.True(again.Json.GetProperty("hasPassword").GetBoolean());
        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
    }

    [Fact]
    public async Task Without_encryption_at_the_server_nothing_is_sent_in_the_clear()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        await using var work = await MailWork.Start(open.Database);
        var settings = System.Text.Json.JsonSerializer.Serialize(MailWork.Settings(mails.Port), Wire.Options);
        await open.SetMail(settings.Replace("\"security\":\"none\"", "\"security\":\"starttls\"", StringComparison.Ordinal));

        await open.TestMail("a@firma.example");

        var waits = await open.MailIs("queued", attempts: 1);
        Assert.Contains("secure connection", waits.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Empty(mails.Taken());
    }

    [Theory]
    [InlineData("a@b.example\r\nBcc: all@b.example")]
    [InlineData("a@b.example, c@d.example")]
    [InlineData("Name <a@b.example>")]
    [InlineData("a@b.example;c@d.example")]
    [InlineData("a b@c.example"), InlineData("@b.example"), InlineData("a@"), InlineData("a@nowhere"), InlineData("")]
    public async Task An_address_that_is_more_than_one_address_is_refused(string to)
    {
        await using var open = await OpenFactory.Start(server);
        await open.SetMail(MailWork.Settings(25));

        var answer = await open.TestMail(to);

        Assert.Equal((HttpStatusCode.BadRequest, "input.invalid"), (answer.Status, answer.Code));
        Assert.Equal(0L, await open.Count("kernel.mail"));
    }

    [Fact]
    public async Task A_value_with_line_breaks_becomes_no_header_and_no_page()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        await open.SetMail(MailWork.Settings(mails.Port));
        await using (var db = open.Factory.Open())
        {
            var values = Values("x\r\nBcc: victim@b.example\r\n\r\n<script>alert(1)</script>");
            await Mails.Queue(db, new OutgoingMail("a@b.example", KernelMails.Test, "en", values, open.Factory.Company));
            await db.Commit();
        }
        await using var work = await MailWork.Start(open.Database);

        await open.MailIs("sent");

        var mail = Assert.Single(mails.Taken());
        var head = mail.ReplaceLineEndings("\n").Split("\n\n")[0];
        Assert.DoesNotContain("\nBcc:", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script>", Decoded(mail, "text/html"), StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", Decoded(mail, "text/html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_without_its_value_fails_at_once_and_says_which()
    {
        await using var open = await OpenFactory.Start(server);
        await open.SetMail(MailWork.Settings(25));
        await using (var db = open.Factory.Open())
        {
            var empty = new Dictionary<string, string>();
            await Mails.Queue(db, new OutgoingMail("a@b.example", KernelMails.Test, "en", empty, open.Factory.Company));
            await db.Commit();
        }
        await using var work = await MailWork.Start(open.Database);

        var failed = await open.MailIs("failed");

        Assert.Contains("{company}", failed.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_mail_was_filled_with_is_not_kept_once_it_has_left()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        await using var work = await MailWork.Start(open.Database);
        await open.SetMail(MailWork.Settings(mails.Port));

        await open.TestMail("a@firma.example");

        await open.MailIs("sent");
        Assert.Equal("{}", await open.Database.Superuser<string>("select values::text from kernel.mail"));
    }

    private static Dictionary<string, string> Values(string company) => new() { ["company"] = company };

    private static string Decoded(string mail, string type)
    {
        var part = mail.ReplaceLineEndings("\n").Split($"Content-Type: {type}")[1].Split("\n--")[0];
        var body = part[(part.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        return part.Contains("base64", StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(body))
            : body.Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
    }
}
