using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>
/// Says whether a company sells to and buys from a partner: open, watched, or stopped, and how much may be owed. A stop needs a
/// reason, because somebody will ask for it.
/// </summary>
public static class ChangeStanding
{
    public sealed record Request(
        [Required, OneOf("open", "watch", "stop")] string Selling,
        [Required, OneOf("open", "watch", "stop")] string Buying,
        [Amount] decimal? CreditLimit = null,
        [Text(200, MayBeEmpty = true)] string? Reason = null
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/partners/{id:guid}/standings/{companyId:guid}", Run)
            .Needs(CatalogPermissions.WriteStanding)
            .Writes()
            .WithSummary("Set how a company stands with a partner");

    public static async Task<ListPartners.Standing> Run(Db db, Guid id, Guid companyId, Request request)
    {
        if (request is { Selling: "stop" } or { Buying: "stop" } && string.IsNullOrWhiteSpace(request.Reason))
            throw Invalid.Field("reason", "Say why it is stopped; whoever is refused will read it.");
        await Partner.One(db, id);
        await ListCompanies.One(db, companyId);
        return await db.One<ListPartners.Standing>(
            $"""
            insert into catalog.partner_standing as known
                (tenant_id, partner_id, company_id, selling, buying, credit_limit, reason)
            values ({db.Scope.Tenant}, {id}, {companyId}, {request.Selling}, {request.Buying}, {request.CreditLimit},
                {request.Reason ?? ""})
            on conflict (tenant_id, partner_id, company_id) do update set selling = excluded.selling, buying = excluded.buying,
                credit_limit = excluded.credit_limit, reason = excluded.reason, changed_at = now(), version = known.version + 1
            returning company_id, selling, buying, credit_limit, reason, version, changed_at
            """
        );
    }
}

/// <summary>An amount that may be owed; nothing is allowed, less than nothing is not.</summary>
public sealed class AmountAttribute() : ExactAttribute("0", "99999999999999", 4);
