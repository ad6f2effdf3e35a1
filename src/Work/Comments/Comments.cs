using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>What people say about a document. Who is mentioned is told; who has said something follows the document.</summary>
public static class Comments
{
    private const int Most = 500;
    private const int LongestNotice = 200;

    public sealed record Request(
        [Required, Text(40)] string DocumentType,
        Guid DocumentId,
        [Required, Text(4000, ManyLines = true)] string Text,
        [Length(0, 50)] IReadOnlyList<Guid>? Mentions = null
    );

    public sealed record Row(
        Guid Id,
        Guid AuthorId,
        string AuthorName,
        string Text,
        IReadOnlyList<string> MentionedNames,
        DateTime At
    );

    public sealed record Thread(IReadOnlyList<Row> Items, bool Following, int Followers);

    private sealed record Stored(Guid Id, Guid Author, string Text, Guid[] Mentions, DateTime At);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/comments", Read)
            .Needs(WorkPermissions.Use)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("What was said about a document, and whether you follow it");
        api.MapPost(
                "/comments",
                async Task<Created<Row>> (HttpContext http, Db db, DocumentTypes types, Request request) =>
                {
                    var document = await Documents.Seen(http, db, types, request.DocumentType, request.DocumentId);
                    var seenWith = types.Known(request.DocumentType).SeenWith;
                    return TypedResults.Created((string?)null, await Add(db, document, seenWith, request));
                }
            )
            .Needs(WorkPermissions.Use)
            .Once()
            .WithSummary("Say something about a document");
    }

    public static async Task<Row> Add(Db db, Documents.Row document, string seenWith, Request request)
    {
        var mentions = (request.Mentions ?? []).Distinct().ToList();
        var members = await MemberFacts.Members(db, mentions);
        if (mentions.Except(members).Select(id => (Guid?)id).FirstOrDefault() is { } missing)
            throw Refused.Missing("member", missing);
        var may = await MemberFacts.Permitted(db, mentions, seenWith);
        var names = await MemberFacts.Names(db, mentions.Append(db.Scope.Actor));
        if (mentions.Except(may).Select(id => names.GetValueOrDefault(id) ?? "").ToList() is [_, ..] blind)
            throw new Refused(
                "comment.may_not_see",
                $"{string.Join(", ", blind)} may not see this document, so mentioning them would tell them nothing. "
                    + "Leave them out, or have them permitted first.",
                new { People = blind }
            );
        await Following.Begin(db, document, [db.Scope.Actor, .. mentions]);
        var id = Guid.CreateVersion7();
        var at = await db.One<DateTime>(
            $"""
            insert into work.comment (tenant_id, comment_id, document_type, document_id, author, text, mentions)
            values ({db.Scope.Tenant}, {id}, {document.DocumentType}, {document.DocumentId}, {db.Scope.Actor}, {request.Text},
                {mentions.ToArray()})
            returning at
            """
        );
        var followers = await MemberFacts.Permitted(db, await Following.Of(db, document), seenWith);
        var shown = request.Text.Length <= LongestNotice ? request.Text : request.Text[..LongestNotice];
        await Notify.Send(
            db,
            [
                .. mentions.Select(one => NoticeOf(one, "mention")),
                .. followers.Except(mentions).Select(one => NoticeOf(one, "comment")),
            ]
        );
        await db.Publish(new CommentAdded(document.CompanyId, document.DocumentType, document.DocumentId, id));
        return new Row(
            id,
            db.Scope.Actor,
            names.GetValueOrDefault(db.Scope.Actor) ?? "",
            request.Text,
            [.. mentions.Select(one => names.GetValueOrDefault(one) ?? "")],
            at
        );

        Notice NoticeOf(Guid person, string kind) =>
            new(person, kind, document.DocumentType, document.DocumentId, document.Title, shown);
    }

    private static async Task<Thread> Read(
        HttpContext http,
        Db db,
        DocumentTypes types,
        [Required, Text(40)] string documentType,
        Guid documentId
    )
    {
        var document = await Documents.Seen(http, db, types, documentType, documentId);
        var rows = await db.Query<Stored>(
            $"""
            select comment_id as id, author, text, mentions, at from work.comment
            where document_type = {documentType} and document_id = {documentId}
            order by comment_id limit {Most}
            """
        );
        var names = await MemberFacts.Names(db, rows.SelectMany(one => one.Mentions.Append(one.Author)));
        string Name(Guid id) => names.GetValueOrDefault(id) ?? "";
        var followers = await Following.Of(db, document);
        return new Thread(
            rows.ConvertAll(one => new Row(
                one.Id,
                one.Author,
                Name(one.Author),
                one.Text,
                [.. one.Mentions.Select(Name)],
                one.At
            )),
            followers.Contains(Caller.Required(http).Actor),
            followers.Count
        );
    }
}

/// <summary>Somebody said something about a document.</summary>
[EventType("CommentAdded", 1)]
public sealed record CommentAdded(Guid? CompanyId, string DocumentType, Guid DocumentId, Guid CommentId) : IEvent
{
    public string Aggregate => $"comments/{DocumentType}/{DocumentId:N}";
}
