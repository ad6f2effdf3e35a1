using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>The companies of the caller's tenant.</summary>
public static class ListCompanies
{
    public sealed record Row(
        Guid Id,
        string Code,
        string Name,
        string Currency,
        int MinorDigits,
        string TimeZone,
        [property: JsonIgnore] DateOnly Today
    );

    private static Sql Columns =>
        $"""
            select company_id as id, code, name, currency, minor_digits::int as minor_digits, time_zone,
                (now() at time zone time_zone)::date as today
            from company.company
            """;

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet(
                "/companies",
                async (Db db, PageOf page) => page.Cut(await Run(db, page.Start<string>(), page.Limit + 1), row => row.Code)
            )
            .Needs(CompanyPermissions.Read)
            .Reads()
            .WithSummary("Companies of your organisation");

    public static Task<List<Row>> Run(Db db, string? after = null, int limit = 200) =>
        db.Query<Row>(
            $"""
            {Columns} where retired_at is null and code > {after ?? ""}
            order by code limit {limit}
            """
        );

    /// <summary>One company, or the refusal that it does not exist here.</summary>
    public static async Task<Row> One(Db db, Guid id) =>
        await db.Find<Row>($"{Columns} where company_id = {id}") ?? throw Refused.Missing("company", id);

    /// <summary>These companies, with the next statement that is sent; what does not exist here is left out.</summary>
    public static Later<Row> Later(Db db, Guid[] ids) => db.Later<Row>($"{Columns} where company_id = any ({ids})");
}
