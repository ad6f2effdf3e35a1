using System.ComponentModel.DataAnnotations;
using System.Text.Json;
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
    public const string Read = "identity.history.read";

    public sealed record Change(
        long Id,
        DateTime At,
        Guid ActorId,
        string? Actor,
        string Request,
        string Kind,
        JsonElement? Before,
        JsonElement? After
    );

    private sealed record Row(
        long Id,
        DateTime At,
        Guid ActorId,
        string? Actor,
        string Request,
        string Kind,
        string? Before,
        string? After
    )
    {
        internal Change Shown => new(Id, At, ActorId, Actor, Request, Kind, Json(Before), Json(After));
    }

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/history", List).Needs(Read).Reads().WithSummary("Changes of one thing, newest first");

    private static async Task<Page<Change>> List(
        Db db,
        PageOf page,
        [Required, Text(200)] string entity,
        [Required, Text(200)] string key
    )
    {
        var before = page.Start<long?>() ?? long.MaxValue;
        var entities = entity.Split(',', StringSplitOptions.TrimEntries);
        // A child of the thing, such as the cost of an item, has a key that begins with the thing's.
        var children = key + "/";
        var rows = await db.Query<Row>(
            $"""
            select a.audit_id as id, a.at, a.actor as actor_id, coalesce(m.name, c.name) as actor, a.request, a.change as kind,
                a.before::text, a.after::text
            from kernel.v_audit a
            left join identity.member m on m.tenant_id = a.tenant_id and m.person_id = a.actor
            left join identity.client c on c.tenant_id = a.tenant_id and c.client_id = a.actor
            where a.entity = any ({entities}) and (a.key = {key} or starts_with(a.key, {children})) and a.audit_id < {before}
            order by a.audit_id desc limit {page.Limit + 1}
            """
        );
        var cut = page.Cut(rows, row => row.Id);
        return new Page<Change>([.. cut.Items.Select(row => row.Shown)], cut.Next);
    }

    private static JsonElement? Json(string? text)
    {
        if (text is null)
            return null;
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
