using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>Where a company works: plants, shops, yards, each with its own clock.</summary>
public static class Sites
{
    public sealed record Site(Guid Id, Guid CompanyId, string Code, string Name, string TimeZone, DateTime? RetiredAt);

    public sealed record Request(
        Guid CompanyId,
        [Required, Text(20)] string Code,
        [Required, Text(100)] string Name,
        [Text(60)] string? TimeZone = null
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/sites", List).Needs(CompanyPermissions.Read).Reads().WithSummary("Sites by code");
        api.MapPost(
                "/sites",
                async Task<Created<Site>> (Db db, Request request) =>
                    TypedResults.Created((string?)null, await Create(db, request))
            )
            .Needs(CompanyPermissions.WriteSites)
            .Once()
            .WithSummary("Create a site");
        api.MapPost("/sites/{siteId:guid}/retirement", Retire)
            .Needs(CompanyPermissions.WriteSites)
            .Once()
            .WithSummary("Take a site out of use");
    }

    public static async Task<Site> Create(Db db, Request request)
    {
        var company = await ListCompanies.One(db, request.CompanyId);
        if (request.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw Invalid.Field("timeZone", "timeZone must be a name of the time zone database, such as Europe/Istanbul.");
        return await db.Find<Site>(
                $"""
                insert into company.site (tenant_id, site_id, company_id, code, name, time_zone)
                values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, {request.CompanyId}, {request.Code}, {request.Name},
                    {request.TimeZone ?? company.TimeZone})
                on conflict on constraint site_code do nothing
                returning site_id as id, company_id, code, name, time_zone, retired_at
                """
            )
            ?? throw new Refused(
                "site.code_taken",
                $"The code {request.Code} belongs to another site. Choose another code.",
                new { request.Code }
            );
    }

    /// <summary>A site in use, or the refusal that there is none here.</summary>
    public static async Task<Site> One(Db db, Guid id) =>
        await db.Find<Site>(
            $"""
            select site_id as id, company_id, code, name, time_zone, retired_at from company.site
            where site_id = {id} and retired_at is null
            """
        ) ?? throw Refused.Missing("site", id);

    private static async Task<Page<Site>> List(Db db, PageOf page, Guid? companyId, bool? retired) =>
        page.Cut(
            await db.Query<Site>(
                $"""
                select site_id as id, company_id, code, name, time_zone, retired_at from company.site
                where code > {page.Start<string>() ?? ""} and (retired_at is not null) = {retired ?? false}
                    and company_id = coalesce({companyId}, company_id)
                order by code limit {page.Limit + 1}
                """
            ),
            row => row.Code
        );

    private static async Task<Site> Retire(Db db, Guid siteId) =>
        await db.Find<Site>(
            $"""
            update company.site set retired_at = coalesce(retired_at, now()) where site_id = {siteId}
            returning site_id as id, company_id, code, name, time_zone, retired_at
            """
        ) ?? throw Refused.Missing("site", siteId);
}
