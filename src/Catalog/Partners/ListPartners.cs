using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>Customers and suppliers; one of them with addresses, contacts, and how each company stands with it.</summary>
public static class ListPartners
{
    public sealed record ShownAddress(
        Guid Id,
        string Kind,
        string Name,
        string Street,
        string City,
        string Region,
        string PostalCode,
        string Country
    );

    public sealed record ShownContact(Guid Id, string Name, string Role, string Email, string Phone);

    public sealed record Standing(
        Guid CompanyId,
        string Selling,
        string Buying,
        decimal? CreditLimit,
        string Reason,
        int Version,
        DateTime ChangedAt
    );

    public sealed record Detail(
        Partner Partner,
        IReadOnlyList<ShownAddress> Addresses,
        IReadOnlyList<ShownContact> Contacts,
        IReadOnlyList<Standing> Standings
    );

    internal static readonly ListOf<Partner> List = new(
        "partners",
        $"catalog.partner",
        Partner.Row,
        new ListColumn("id", new Words("Id", "Kimlik"), ColumnKind.Id, $"partner_id") { Order = $"partner_id" },
        [
            new("code", new("Code", "Kod"), ColumnKind.Text, $"code") { Order = $"code", Unique = true },
            new("name", new("Name", "Ad"), ColumnKind.Text, $"name") { Order = $"name_key" },
            new("customer", new("Customer", "Müşteri"), ColumnKind.Flag, $"customer") { Groups = true },
            new("supplier", new("Supplier", "Tedarikçi"), ColumnKind.Flag, $"supplier") { Groups = true },
            new("country", new("Country", "Ülke"), ColumnKind.Text, $"country") { Order = $"country", Groups = true },
            new("currency", new("Currency", "Para birimi"), ColumnKind.Text, $"currency") { Groups = true },
            new("paymentDays", new("Payment in days", "Vade (gün)"), ColumnKind.Number, $"payment_days")
            {
                Order = $"payment_days",
                Groups = true,
            },
            new("taxNumber", new("Tax number", "Vergi no"), ColumnKind.Text, $"tax_number"),
            new("taxOffice", new("Tax office", "Vergi dairesi"), ColumnKind.Text, $"tax_office") { Hidden = true },
            new("language", new("Language", "Dil"), ColumnKind.Choice, $"language")
            {
                Hidden = true,
                Groups = true,
                Choices = Partner.Languages,
            },
            new("email", new("E-mail", "E-posta"), ColumnKind.Text, $"email"),
            new("phone", new("Phone", "Telefon"), ColumnKind.Text, $"phone"),
            new("website", new("Website", "Web sitesi"), ColumnKind.Text, $"website") { Hidden = true },
            new("note", new("Note", "Not"), ColumnKind.Text, $"note") { Hidden = true },
            new("created", new("Created", "Oluşturuldu"), ColumnKind.Instant, $"created_at")
            {
                Order = $"created_at",
                Hidden = true,
            },
            new("retired", new("Retired", "Kullanım dışı"), ColumnKind.Flag, $"(retired_at is not null)") { Hidden = true },
        ]
    )
    {
        SearchedIn = $"search",
        FieldsOf = "partner",
        SearchedAs = "partner",
        SortedBy = "code",
        Usually = ("retired", $"retired_at is null"),
    };

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapList("/partners", List, CatalogPermissions.ReadPartners, "Customers and suppliers");
        api.MapGet("/partners/{id:guid}", Show)
            .Needs(CatalogPermissions.ReadPartners)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("One partner");
    }

    internal static async Task<Detail> Show(HttpContext http, Db db, Guid id)
    {
        var partner = await Partner.One(db, id);
        Versions.Show(http, partner.Version);
        return new Detail(
            partner,
            await db.Query<ShownAddress>(
                $"""
                select address_id as id, kind, name, street, city, region, postal_code, country
                from catalog.partner_address where partner_id = {id} order by position limit 50
                """
            ),
            await db.Query<ShownContact>(
                $"""
                select contact_id as id, name, role, email, phone
                from catalog.partner_contact where partner_id = {id} order by position limit 100
                """
            ),
            await db.Query<Standing>(
                $"""
                select company_id, selling, buying, credit_limit, reason, version, changed_at
                from catalog.partner_standing where partner_id = {id} order by company_id limit 1000
                """
            )
        );
    }
}
