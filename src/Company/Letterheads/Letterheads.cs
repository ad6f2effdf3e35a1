using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>What stands on a company's paper: address, tax id, logo.</summary>
public static class Letterheads
{
    /// <summary>The kind of document under which a company keeps its logo.</summary>
    public const string Document = "company";

    public sealed record Request(
        [Required, Length(1, 6), Filled] IReadOnlyList<string> Address,
        [Text(60, MayBeEmpty = true)] string TaxOffice = "",
        [Text(30, MayBeEmpty = true)] string TaxNumber = "",
        [Text(40, MayBeEmpty = true)] string Phone = "",
        [Text(254, MayBeEmpty = true)] string Email = "",
        [Text(100, MayBeEmpty = true)] string Website = "",
        Guid? LogoId = null
    );

    public sealed record Row(
        string[] Address,
        string TaxOffice,
        string TaxNumber,
        string Phone,
        string Email,
        string Website,
        Guid? LogoId,
        int Version
    );

    private static readonly Row Blank = new([], "", "", "", "", "", null, 1);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/companies/{companyId:guid}/letterhead", Show)
            .Needs(CompanyPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("Address, tax id and logo of a company");
        api.MapPut("/companies/{companyId:guid}/letterhead", Change)
            .Needs(CompanyPermissions.WriteLetterhead)
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change address, tax id and logo of a company");
    }

    /// <summary>The head of a company's pages, in the language of the page.</summary>
    public static async Task<Letterhead> Of(Db db, Guid companyId, string language)
    {
        var company = await ListCompanies.One(db, companyId);
        var row = await Find(db, companyId);
        var tax = language == "tr" ? "Vergi no" : "Tax id";
        string[] lines =
        [
            .. row.Address,
            string.Join(
                " · ",
                new[] { row.TaxOffice, row.TaxNumber.Length > 0 ? $"{tax} {row.TaxNumber}" : "" }.Where(one => one != "")
            ),
            string.Join(" · ", new[] { row.Phone, row.Email, row.Website }.Where(one => one != "")),
        ];
        var logo = row.LogoId is { } id ? await Logo.Of(db, id, new DocumentRef(Document, companyId.ToString())) : null;
        return new Letterhead(company.Name, [.. lines.Where(line => line != "")], logo);
    }

    internal static Task<DocumentCard?> Card(Db db, Guid id) =>
        db.Find<DocumentCard>($"select company_id, name as title from company.company where company_id = {id}");

    private static async Task<Row> Show(HttpContext http, Db db, Guid companyId)
    {
        await ListCompanies.One(db, companyId);
        var row = await Find(db, companyId);
        Versions.Show(http, row.Version);
        return row;
    }

    private static async Task<Row> Change(HttpContext http, Db db, Guid companyId, Request request)
    {
        var expected = Versions.Expected(http);
        await ListCompanies.One(db, companyId);
        if (request.Address.Any(line => !new TextAttribute(100).IsValid(line)))
            throw Invalid.Field("address", "address must be lines of text with 1 to 100 characters.");
        if (request.LogoId is { } logo)
            await Logo.Of(db, logo, new DocumentRef(Document, companyId.ToString()));
        var row =
            await db.Find<Row>(
                $"""
                insert into company.letterhead as l
                    (tenant_id, company_id, address, tax_office, tax_id, phone, email, website, logo_id, version)
                select {db.Scope.Tenant}, {companyId}, {request.Address.ToArray()}, {request.TaxOffice}, {request.TaxNumber},
                    {request.Phone}, {request.Email}, {request.Website}, {request.LogoId}, 2
                where {expected} = coalesce((select version from company.letterhead where company_id = {companyId}), 1)
                on conflict (tenant_id, company_id) do update set address = excluded.address, tax_office = excluded.tax_office,
                    tax_id = excluded.tax_id, phone = excluded.phone, email = excluded.email, website = excluded.website,
                    logo_id = excluded.logo_id, version = l.version + 1
                where l.version = {expected}
                returning address, tax_office, tax_id as tax_number, phone, email, website, logo_id, version
                """
            ) ?? throw Versions.Changed("letterhead");
        Versions.Show(http, row.Version);
        return row;
    }

    private static async Task<Row> Find(Db db, Guid companyId) =>
        await db.Find<Row>(
            $"""
            select address, tax_office, tax_id as tax_number, phone, email, website, logo_id, version
            from company.letterhead where company_id = {companyId}
            """
        ) ?? Blank;
}
