using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>With which digits the numbers begin that a company gives its own units, as GS1 assigned them.</summary>
public static class SsccPrefix
{
    /// <summary>How many numbers were given; none, and no prefix, as long as nobody said one.</summary>
    public sealed record Prefix(string? Digits, long Given);

    public sealed record Request([Required, RegularExpression("^[0-9]{4,12}$", MatchTimeoutInMilliseconds = 100)] string Digits);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/companies/{id:guid}/sscc-prefix", Show)
            .Needs(InventoryPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("The GS1 prefix with which a company numbers its handling units");
        api.MapPut("/companies/{id:guid}/sscc-prefix", Say)
            .Needs(InventoryPermissions.WriteWarehouses)
            .Writes()
            .WithSummary("Say with which GS1 prefix a company numbers its handling units");
    }

    /// <summary>The next number of a company.</summary>
    internal static async Task<string> Next(Db db, Guid company)
    {
        var next =
            await db.Find<Prefix>(
                $"""
                update inventory.sscc_prefix set given = given + 1 where company_id = {company}
                returning prefix as digits, given
                """
            )
            ?? throw new Refused(
                "sscc.no_prefix",
                "This company has no GS1 prefix yet. Say it first, or scan the SSCC that is on the unit."
            );
        return Sscc.Of(next.Digits!, next.Given - 1)
            ?? throw new Refused(
                "sscc.used_up",
                $"Every number of the prefix {next.Digits} is given. Ask GS1 for another prefix.",
                new { Prefix = next.Digits }
            );
    }

    private static async Task<Prefix> Show(Db db, Guid id)
    {
        await ListCompanies.One(db, id);
        return await db.Find<Prefix>($"select prefix as digits, given from inventory.sscc_prefix where company_id = {id}")
            ?? new Prefix(null, 0);
    }

    /// <summary>Other digits begin other numbers, so the count may begin anew.</summary>
    public static async Task<Prefix> Say(Db db, Guid id, Request request)
    {
        await ListCompanies.One(db, id);
        return (
            await db.Find<Prefix>(
                $"""
                insert into inventory.sscc_prefix as p (tenant_id, company_id, prefix)
                values ({db.Scope.Tenant}, {id}, {request.Digits})
                on conflict (tenant_id, company_id) do update set prefix = excluded.prefix,
                    given = case when p.prefix = excluded.prefix then p.given else 0 end
                returning prefix as digits, given
                """
            )
        )!;
    }
}
