using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>Takes a partner out of use without removing it, or brings it back. Asking again changes nothing.</summary>
public static class RetirePartner
{
    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/partners/{id:guid}/retirement", (Db db, Guid id) => Run(db, id, retire: true))
            .Needs(CatalogPermissions.WritePartners)
            .Once()
            .WithSummary("Retire a partner");
        api.MapPost("/partners/{id:guid}/restoration", (Db db, Guid id) => Run(db, id, retire: false))
            .Needs(CatalogPermissions.WritePartners)
            .Once()
            .WithSummary("Bring a retired partner back");
    }

    private static async Task<Partner> Run(Db db, Guid id, bool retire) =>
        await db.Find<Partner>(
            $"""
            update catalog.partner set retired_at = case when {retire} then coalesce(retired_at, now()) end, version = version + 1
            where partner_id = {id} and (retired_at is null) = {retire}
            returning {Partner.Row}
            """
        ) ?? await Partner.One(db, id);
}
