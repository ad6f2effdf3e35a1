using System.Net.Mail;
using System.Text.Json;

namespace Millrace.Kernel;

/// <summary>The document a mail or a file belongs to: its kind and its id as text.</summary>
public sealed record DocumentRef(string Type, string Id);

/// <summary>A file that goes along with a mail.</summary>
public sealed record MailFile(string Name, string MediaType, byte[] Content);

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
    IReadOnlyList<MailFile>? Files = null
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
        await db.Execute(
            $"""
            insert into kernel.mail (tenant_id, mail_id, company_id, recipient, template, language, "values",
                document_type, document_id, queued_by)
            values ({db.Scope.Tenant}, {id}, {mail.CompanyId}, {to}, {mail.Template}, {(mail.Language == "tr" ? "tr" : "en")},
                {new Json(JsonSerializer.Serialize(mail.Values, Wire.Options))},
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

    /// <summary>Nothing that was sent to this address says any more to whom; what still waits is not sent.</summary>
    public static Task<int> Forget(Db db, string address) =>
        db.Execute(
            $"""
            update kernel.mail set recipient = 'erased', "values" = jsonb_build_object(),
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
