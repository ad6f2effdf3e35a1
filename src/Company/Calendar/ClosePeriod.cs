using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>
/// Closes a month for documents, or opens it again. Waits for what is being written into it, at most its patience.
/// </summary>
public static class ClosePeriod
{
    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost(
                "/companies/{companyId:guid}/periods/{period}/closing",
                (Db db, Guid companyId, string period) => Run(db, companyId, period, close: true)
            )
            .Needs(CompanyPermissions.ClosePeriod)
            .Once()
            .WithSummary("Close a period");
        api.MapPost(
                "/companies/{companyId:guid}/periods/{period}/opening",
                (Db db, Guid companyId, string period) => Run(db, companyId, period, close: false)
            )
            .Needs(CompanyPermissions.ClosePeriod)
            .Once()
            .WithSummary("Open a closed period again");
    }

    public static async Task<ListPeriods.Row> Run(Db db, Guid companyId, string period, bool close)
    {
        if (!DateOnly.TryParseExact(period, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var starts))
            throw Refused.Missing("period", period);
        // Exclusive against the shared lock of every posting into the period (see Periods.Hold).
        await db.Execute(
            $"""
            select pg_advisory_xact_lock(
                hashtextextended('period/' || {companyId} || '/' || {starts}, {db.Scope.Tenant}::bigint))
            """
        );
        return await db.Find<ListPeriods.Row>(
                $"""
                update company.period set
                    closed_at = case when {close} then coalesce(closed_at, now()) end,
                    closed_by = case when {close} then coalesce(closed_by, {db.Scope.Actor}) end
                where company_id = {companyId} and starts = {starts}
                returning to_char(starts, 'YYYY-MM') as period, starts as start, ends as end, closed_at
                """
            ) ?? throw Refused.Missing("period", period);
    }
}
