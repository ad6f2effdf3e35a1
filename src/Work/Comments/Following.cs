using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>Who follows a document is told what is said about it.</summary>
public static class Following
{
    private const int Most = 1000;

    public sealed record Request([Required, Text(40)] string DocumentType, Guid DocumentId, bool Follow);

    public sealed record Result(bool Following);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/followings", Change)
            .Needs(WorkPermissions.Use)
            .Once()
            .WithSummary("Follow a document, or stop following it");

    internal static Task<List<Guid>> Of(Db db, Documents.Row document) =>
        db.Query<Guid>(
            $"""
            select person_id from work.follower
            where document_type = {document.DocumentType} and document_id = {document.DocumentId}
            order by person_id limit {Most}
            """
        );

    internal static async Task Begin(Db db, Documents.Row document, IEnumerable<Guid> persons)
    {
        await Documents.Show(db, [document]);
        var members = await MemberFacts.Members(db, persons);
        await db.Execute(
            $"""
            insert into work.follower (tenant_id, document_type, document_id, person_id)
            select {db.Scope.Tenant}, {document.DocumentType}, {document.DocumentId}, person_id
            from unnest({members.ToArray()}) as p (person_id)
            on conflict do nothing
            """
        );
    }

    private static async Task<Result> Change(HttpContext http, Db db, DocumentTypes types, Request request)
    {
        var document = await Documents.Seen(http, db, types, request.DocumentType, request.DocumentId);
        var me = Caller.Required(http).Actor;
        if (request.Follow)
            await Begin(db, document, [me]);
        else
            await db.Execute(
                $"""
                delete from work.follower
                where document_type = {document.DocumentType} and document_id = {document.DocumentId} and person_id = {me}
                """
            );
        return new Result((await Of(db, document)).Contains(me));
    }
}
