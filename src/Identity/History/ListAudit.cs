using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Who changed what lately, newest first: of one person, of one kind of thing, of some days.</summary>
public static class ListAudit
{
    private sealed record Place(DateOnly Day, long Id);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", List).Needs(AuditedTables.ReadAll).Reads().WithSummary("Who changed what, newest first");
        api.MapGet("/audit/tables", (AuditedTables tables) => new Page<string>(tables.Entities, null))
            .Needs(AuditedTables.ReadAll)
            .Reads()
            .WithSummary("The tables whose changes are kept");
    }

    /// <summary>A day is one of the organisation's first company.</summary>
    private static async Task<Page<AuditedChange>> List(
        Db db,
        PageOf page,
        Guid? actor,
        [Text(100, MayBeEmpty = true)] string? entity,
        DateOnly? from,
        DateOnly? through
    )
    {
        var before = page.Start<Place>() ?? new Place(DateOnly.MaxValue, long.MaxValue);
        var (first, last) = (from ?? new DateOnly(2000, 1, 1), through ?? new DateOnly(2199, 12, 31));
        var (table, who) = (entity ?? "", actor ?? Guid.Empty);
        // The partition's day is the day in UTC when the transaction began; it narrows, the instant decides.
        var rows = await db.Query<AuditedRow>(
            $"""
            select a.day, a.audit_id as id, a.at, a.actor as actor_id, coalesce(m.name, c.name) as actor, a.request,
                a.entity, a.key, a.change as kind, a.before::text, a.after::text
            from kernel.v_audit a
            left join identity.member m on m.tenant_id = a.tenant_id and m.person_id = a.actor
            left join identity.client c on c.tenant_id = a.tenant_id and c.client_id = a.actor
            where (a.day, a.audit_id) < ({before.Day}, {before.Id}) and a.day between {first}::date - 2 and {last}::date + 2
                and (a.at at time zone (select time_zone from company.v_company order by code limit 1))::date
                    between {first} and {last}
                and ({table} = '' or a.entity = {table}) and ({actor is null} or a.actor = {who})
            order by a.day desc, a.audit_id desc limit {page.Limit + 1}
            """
        );
        return await AuditedRow.Shown(db, page.Cut(rows, row => new Place(row.Day, row.Id)));
    }
}
