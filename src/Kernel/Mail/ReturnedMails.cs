using Microsoft.Extensions.Logging;

namespace Millrace.Kernel;

[JobType("mail.returned")]
public sealed record ReadReturnedMails(Guid CompanyId);

[JobType("mail.drop")]
public sealed record ReadDropFolder;

/// <summary>Reads what came back, from a company's mailbox or the drop folder, and notes it on the mail.</summary>
public sealed class ReturnedMails(Dbs dbs, Secrets secrets, MailSettings settings, ILogger<ReturnedMails> log)
{
    private const int Most = 100;
    private const int Longest = 1024 * 1024;

    private sealed record Known(string? DocumentType, string? DocumentId, string State);

    /// <summary>Reads the new mails of a company's mailbox; answers with how many of ours came back.</summary>
    internal async Task<int> FromMailbox(int tenant, Guid company, CancellationToken stop)
    {
        Mailbox? box;
        await using (var db = dbs.Open(DbScope.ForTenant(tenant)))
        {
            box = await MailAccounts.Returned(db, secrets, company);
            await db.Commit();
        }
        if (box is null)
            return 0;
        var count = 0;
        await using var session = await ImapSession.Open(box, settings.Timeout * 4, stop);
        foreach (var uid in await session.Unseen(Most))
        {
            // Noted first and marked as read afterwards: what is interrupted in between is noted again, which changes nothing.
            if (DeliveryReport.Read(await session.Fetch(uid, Longest)) is { } report && report.Tenant == tenant)
                count += await Note(report);
            await session.MarkSeen(uid);
        }
        return count;
    }

    /// <summary>Reads the files of the drop folder and puts them aside: into <c>read</c>, or into <c>unknown</c>.</summary>
    internal async Task<int> FromFolder(CancellationToken stop)
    {
        if (settings.DropFolder is not { } folder || !Directory.Exists(folder))
            return 0;
        var count = 0;
        // A name that begins with a point is still being written.
        var files = Directory.EnumerateFiles(folder).Where(file => !Path.GetFileName(file).StartsWith('.'));
        foreach (var file in files.Order(StringComparer.Ordinal).Take(Most).ToList())
        {
            var report =
                new FileInfo(file).Length <= Longest ? DeliveryReport.Read(await File.ReadAllBytesAsync(file, stop)) : null;
            var noted = report is null ? 0 : await Note(report);
            count += noted;
            var aside = Directory.CreateDirectory(Path.Combine(folder, noted > 0 ? "read" : "unknown"));
            File.Move(file, Path.Combine(aside.FullName, Path.GetFileName(file)), overwrite: true);
        }
        return count;
    }

    private async Task<int> Note(DeliveryReport report)
    {
        await using var db = dbs.Open(DbScope.ForTenant(report.Tenant));
        var known = await db.Find<Known>(
            $"select document_type, document_id, state from kernel.mail where mail_id = {report.Mail} for no key update"
        );
        if (known is not { State: "sent" or "returned" })
        {
            log.LogInformation("A returned mail names {Mail}, which was not sent from here.", report.Mail);
            return 0;
        }
        if (known.State == "sent")
        {
            var state = report.GivenUp ? "returned" : "sent";
            await db.Execute($"update kernel.mail set state = {state}, error = {report.Sentence} where mail_id = {report.Mail}");
            if (report.Tenant > 0)
                await db.Publish(new MailChanged(report.Mail, state, known.DocumentType, known.DocumentId));
        }
        await db.Commit();
        return 1;
    }
}
