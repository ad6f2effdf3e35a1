using Microsoft.Extensions.Logging;

namespace Millrace.Kernel;

/// <summary>The state of a mail has changed: sent, refused, returned or failed.</summary>
[EventType("MailChanged", 1)]
public sealed record MailChanged(Guid MailId, string State, string? DocumentType, string? DocumentId) : IEvent
{
    public string Aggregate => $"mail/{MailId}";
}

[JobType("mail.send")]
public sealed record SendMail(Guid MailId);

/// <summary>
/// Sends one mail of the queue. Nothing is lost while a server is away, and what it refuses for good is noted with its words.
/// At least once: if the program ends between the server's yes and our commit, the mail leaves again under the same Message-ID.
/// </summary>
public sealed class MailSender(
    Secrets secrets,
    IEnumerable<MailTemplate> templates,
    MailSettings settings,
    ILogger<MailSender> log
)
{
    private sealed record Waiting(
        Guid MailId,
        Guid? CompanyId,
        string Recipient,
        string Template,
        string Language,
        string Values,
        byte[]? Secret,
        string? DocumentType,
        string? DocumentId,
        int Attempts,
        TimeSpan Age
    );

    private sealed record Part(string Name, string MediaType, byte[] Content);

    /// <summary>As a job: a server that is away costs no attempt.</summary>
    internal async Task Do(JobRun run, SendMail job)
    {
        if (await Run(run.Open, job.MailId, run.Stop) is { } again)
            throw new TryLater(again.After, again.Sentence);
    }

    /// <summary>Answers with the time after which to ask again and why, or with nothing when this mail has ended.</summary>
    internal async Task<TryAgain?> Run(Func<Db> open, Guid id, CancellationToken stop)
    {
        Waiting? mail;
        SmtpMail? ready = null;
        MailServer? server;
        SmtpAnswer? answer = null;
        await using (var db = open())
        {
            mail = await Find(db, id);
            if (mail is null)
                return null;
            server = await MailAccounts.Server(db, secrets, mail.CompanyId) ?? settings.Default;
            try
            {
                if (server is not null)
                    ready = await Ready(db, mail, server);
            }
            catch (InvalidOperationException broken)
            {
                log.LogError(broken, "The mail {Mail} cannot be written.", id);
                answer = SmtpAnswer.Broken(broken.Message);
            }
            await db.Commit();
        }
        // No transaction is open while the server is spoken to.
        answer ??= ready is null
            ? SmtpAnswer.Later("No mail server is set for this company. Enter one in the mail settings; the mail waits.")
            : await SmtpSend.Run(server!, ready, settings.Timeout, stop);
        return await Note(open, mail, ready?.Written.Subject, answer);
    }

    private async Task<SmtpMail> Ready(Db db, Waiting mail, MailServer server)
    {
        var template =
            templates.FirstOrDefault(one => one.Name == mail.Template)
            ?? throw new InvalidOperationException($"There is no mail template {mail.Template}.");
        var values = Mails.Values(db, mail.MailId, mail.Values, mail.Secret, secrets);
        var messageId = MessageIds.Of(db.Scope.Tenant ?? 0, mail.MailId, server.FromAddress);
        // Known before the mail leaves: a returned one is recognised even if this process ends right after sending.
        await db.Execute($"update kernel.mail set message_id = {messageId} where mail_id = {mail.MailId}");
        var files = await db.Query<Part>(
            $"select name, media_type, content from kernel.mail_part where mail_id = {mail.MailId} order by part_no limit 20"
        );
        return new SmtpMail(
            mail.Recipient,
            messageId,
            mail.Language,
            WrittenMail.Write(template.In(mail.Language), values),
            files.ConvertAll(file => new MailFile(file.Name, file.MediaType, file.Content))
        );
    }

    private async Task<TryAgain?> Note(Func<Db> open, Waiting mail, string? subject, SmtpAnswer answer)
    {
        var state = answer.State == "queued" && mail.Age > settings.GiveUp ? "failed" : answer.State;
        await using var db = open();
        // What a mail was filled with is not kept longer than it is needed.
        await db.Execute(
            $"""
            update kernel.mail set state = {state}, attempts = attempts + 1, subject = coalesce({subject}, subject),
                error = nullif({answer.Sentence}, ''),
                "values" = case when {state} = 'queued' then "values" else jsonb_build_object() end,
                secret = case when {state} = 'queued' then secret end,
                sent_at = case when {state} = 'sent' then clock_timestamp() end,
                ended_at = case when {state} <> 'queued' then clock_timestamp() end
            where mail_id = {mail.MailId} and state = 'queued'
            """
        );
        if (state != "queued" && db.Scope.Tenant is > 0)
            await db.Publish(new MailChanged(mail.MailId, state, mail.DocumentType, mail.DocumentId));
        await db.Commit();
        if (state is "refused" or "failed")
            log.LogWarning("The mail {Mail} is {State}: {Reason}", mail.MailId, state, answer.Sentence);
        return state == "queued" ? new TryAgain(settings.PauseAfter(mail.Attempts + 1), answer.Sentence) : null;
    }

    private static Task<Waiting?> Find(Db db, Guid id) =>
        db.Find<Waiting>(
            $"""
            select mail_id, company_id, recipient, template, language, "values"::text as "values", secret,
                document_type, document_id, attempts, clock_timestamp() - queued_at as age
            from kernel.mail where mail_id = {id} and state = 'queued'
            """
        );
}

/// <summary>The mail waits; it is tried again after a while, for this reason.</summary>
internal sealed record TryAgain(TimeSpan After, string Sentence);

/// <summary>Names of mails, by which a returned one is known again: which organisation's, and which.</summary>
internal static class MessageIds
{
    internal static string Of(int tenant, Guid mail, string from) =>
        FormattableString.Invariant($"<{mail:N}.{tenant}@{from[(from.LastIndexOf('@') + 1)..]}>");

    internal static (int Tenant, Guid Mail)? Read(string text) =>
        text.Trim().TrimStart('<').Split('@')[0].Split('.') is [var mail, var tenant]
        && Guid.TryParseExact(mail, "N", out var id)
        && int.TryParse(tenant, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (number, id)
            : null;
}
