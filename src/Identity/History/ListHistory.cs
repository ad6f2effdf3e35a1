using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// What became of one thing: who changed it, when, in which request, and from what to what; newest first.
/// Several kinds of rows of the same thing are named with commas between them.
/// </summary>
public static class ListHistory
{
    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/history", List)
            .SignedIn("The history of a thing is read with the permission that reads the thing.")
            .Reads()
            .ProducesProblem(403)
            .WithSummary("Changes of one thing, newest first");

    private static async Task<Page<AuditedChange>> List(
        HttpContext http,
        Db db,
        PageOf page,
        AuditedTables tables,
        DocumentTypes documents,
        [Required, Text(200)] string entity,
        [Required, Text(200)] string key
    )
    {
        var before = page.Start<long?>() ?? long.MaxValue;
        var entities = entity.Split(',', StringSplitOptions.TrimEntries);
        tables.MaySee(http, entities);
        // The files of a document are part of it, when the caller may see documents of its kind.
        var files = entities.Contains(Attachments.Entity)
            ? await Attachments.EverOf(db, key, documents.SeenBy(Caller.Required(http).Permissions))
            : [];
        // A child of the thing, such as the cost of an item, has a key that begins with the thing's.
        var children = key + "/";
        // In the order of bytes the character after the slash; between them stand the thing and its children.
        var end = key + "0";
        var own = entities.Except([Attachments.Entity]).ToArray();
        var rows = await db.Query<AuditedChange>(
            $"""
            select {AuditedChange.Row} from {AuditedChange.From}
            where a.audit_id < {before} and (
                a.entity = any ({own}) and a.key >= {key} and a.key < {end} and (a.key = {key} or starts_with(a.key, {children}))
                or a.entity = {Attachments.Entity} and a.key = any ({files.Select(id => id.ToString()).ToArray()}))
            order by a.audit_id desc limit {page.Limit + 1}
            """
        );
        var cut = page.Cut(rows, row => row.Id);
        return cut with { Items = await AuditedChange.WithNames(db, cut.Items) };
    }
}
