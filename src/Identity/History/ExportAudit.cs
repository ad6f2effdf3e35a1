using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// What was changed during a fiscal year of a company, to be kept and checked elsewhere. Changes belong to the organisation:
/// the company gives the year, and what its sister companies and all of them together did meanwhile is in it.
/// </summary>
public static class ExportAudit
{
    private const int MostActors = 10_000;

    private sealed record Actor(string Line, Guid Id, string Name);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/companies/{companyId:guid}/years/{year:int:range(2000,2199)}/audit", Run)
            .Needs(AuditExport.Permission)
            .Reads()
            .ProducesProblem(404)
            .Produces(StatusCodes.Status200OK, contentType: "application/x-ndjson")
            .WithRequestTimeout(AuditExport.Longest)
            .WithSummary("The audit of a fiscal year with its chain of hashes, a line of JSON for each change");

    private static async Task<IResult> Run(Db db, Dbs dbs, TimeProvider clock, Guid companyId, int year)
    {
        var span = await FiscalYear.Of(db, companyId, year);
        var actors = await db.Query<Actor>(
            $"""
            select 'actor' as line, id, name from (
                select person_id as id, name from identity.member union all select client_id, name from identity.client) a
            order by id limit {MostActors}
            """
        );
        var about = new
        {
            span.Company,
            Year = year,
            span.Starts,
            span.Ends,
            span.TimeZone,
            MadeAt = clock.GetUtcNow().UtcDateTime,
        };
        var name = string.Create(CultureInfo.InvariantCulture, $"audit-{year}.ndjson");
        return new AuditExport(dbs, db.Scope, new AuditSpan(about, actors, span.From, span.Until, name));
    }
}
