using System.Net.Mail;
using System.Text.Json;

namespace Millrace.Kernel;

/// <summary>The document a mail or a file belongs to: its kind and its id as text.</summary>
public sealed record DocumentRef(string Type, string Id);

/// <summary>A file that goes along with a mail.</summary>
public sealed record MailFile(string Name, string MediaType, byte[] Content);

/// <summary>A value that nobody but the recipient may read, such as a link to set a password.</summary>
public sealed record MailSecret(string Name, string Value, Secrets Seal);

/// <summary>
/// A mail to be sent. Without a company it goes through the server of the tenant's first company that has one,
/// or through the installation's.
/// </summary>
public sealed record OutgoingMail(
    string To,
    string Template,
    string Language,
    IReadOnlyDictionary<string, string> Values,
    Guid? CompanyId = null,
    DocumentRef? Document = null,
    IReadOnlyList<MailFile>? Files = null,
    MailSecret? Secret = null
);

/// <summary>Puts mails into the queue in the caller's transaction: with its commit they will be sent, without it not.</summary>
public static class Mails
{
    private const int LongestAddress = 254;
    private const int LongestValue = 10_000;

    public static async Task<Guid> Queue(Db db, OutgoingMail mail)
    {
        var to = Address(mail.To, "to");
        if (mail.Values.FirstOrDefault(one => one.Value.Length > LongestValue) is { Key: { } tooLong })
            throw Invalid.Field(tooLong, $"{tooLong} must have at most {LongestValue} characters.");
        var id = Guid.CreateVersion7();
        var secret = mail.Secret is { } hidden
            ? hidden.Seal.Seal(JsonSerializer.Serialize(KeyValuePair.Create(hidden.Name, hidden.Value)), Purpose(db, id))
            : null;
        await db.Execute(
            $"""
            insert into kernel.mail (tenant_id, mail_id, company_id, recipient, template, language, "values", secret,
                document_type, document_id, queued_by)
            values ({db.Scope.Tenant}, {id}, {mail.CompanyId}, {to}, {mail.Template}, {(mail.Language == "tr" ? "tr" : "en")},
                {new Json(JsonSerializer.Serialize(mail.Values, Wire.Options))}, {secret},
                {mail.Document?.Type}, {mail.Document?.Id}, {db.Scope.Actor})
            """
        );
        foreach (var (at, file) in (mail.Files ?? []).Index())
            await db.Execute(
                $"""
                insert into kernel.mail_part (tenant_id, mail_id, part_no, name, media_type, content)
                values ({db.Scope.Tenant}, {id}, {at}, {file.Name}, {file.MediaType}, {file.Content})
                """
            );
        await db.Enqueue(new SendMail(id), new JobOptions { Key = id.ToString("N") });
        return id;
    }

    internal static Dictionary<string, string> Values(Db db, Guid id, string values, byte[]? secret, Secrets secrets)
    {
        var all = JsonSerializer.Deserialize<Dictionary<string, string>>(values, Wire.Options)!;
        if (secret is not null)
        {
            var hidden = JsonSerializer.Deserialize<KeyValuePair<string, string>>(secrets.Open(secret, Purpose(db, id)));
            all[hidden.Key] = hidden.Value;
        }
        return all;
    }

    internal static SealedColumn Column =>
        new(
            "kernel.mail.secret",
            async (db, after) =>
                (
                    await db.Query<Box>(
                        $"""
                        select mail_id, secret from kernel.mail where mail_id > {after} and secret is not null
                        order by mail_id limit 500
                        """
                    )
                ).ConvertAll(row => new SealedRow(row.MailId, Purpose(db, row.MailId), row.Secret)),
            (db, row, box) => db.Execute($"update kernel.mail set secret = {box} where mail_id = {row.Id} and secret = {row.Box}")
        );

    private sealed record Box(Guid MailId, byte[] Secret);

    private static string Purpose(Db db, Guid mail) => $"mail.secret/{db.Scope.Tenant}/{mail}";

    /// <summary>Nothing that was sent to this address says any more to whom; what still waits is not sent.</summary>
    public static Task<int> Forget(Db db, string address) =>
        db.Execute(
            $"""
            update kernel.mail set recipient = 'erased', "values" = jsonb_build_object(), secret = null,
                ended_at = case when state = 'queued' then now() else ended_at end,
                error = case when state = 'queued' then 'The person was erased.' else error end,
                state = case when state = 'queued' then 'failed' else state end
            where lower(recipient) = lower({address})
            """
        );

    /// <summary>
    /// One plain address, such as ayse@firma.com.tr; no name, no list, and nothing that could become a header of its own.
    /// </summary>
    public static string Address(string text, string field) =>
        text.Length <= LongestAddress
        && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '<' or '>' or '"' or ',' or ';')
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && address.Host.Contains('.', StringComparison.Ordinal) | address.Host == "localhost"
            ? text
            : throw Invalid.Field(field, $"{field} must be one mail address, such as ayse@firma.example.");
}
