using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>
/// Adds a partner, or changes one with its addresses and contacts in one go, unless somebody else changed it meanwhile.
/// </summary>
public static class SavePartner
{
    public sealed record Request([Required, Text(40)] string Code, [Required] Partner.Fields Partner);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost(
                "/partners",
                async Task<Created<Partner>> (Db db, Request request) =>
                    TypedResults.Created((string?)null, await Create(db, request))
            )
            .Needs(CatalogPermissions.WritePartners)
            .Once()
            .WithSummary("Create a customer or supplier");
        api.MapPut("/partners/{id:guid}", Change)
            .Needs(CatalogPermissions.WritePartners)
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change a partner; If-Match names the version you have read");
    }

    public static async Task<Partner> Create(Db db, Request request)
    {
        var fields = Judged(request.Partner);
        var made =
            await db.Find<Partner>(
                $"""
                insert into catalog.partner (tenant_id, partner_id, code, name, customer, supplier, tax_number, tax_office,
                    country, currency, language, payment_days, email, phone, website, note)
                values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, {request.Code}, {fields.Name}, {fields.Customer},
                    {fields.Supplier}, {fields.TaxNumber ?? ""}, {fields.TaxOffice ?? ""}, {fields.Country}, {fields.Currency},
                    {fields.Language ?? "en"}, {fields.PaymentDays}, {fields.Email ?? ""}, {fields.Phone ?? ""},
                    {fields.Website ?? ""}, {fields.Note ?? ""})
                on conflict on constraint partner_code do nothing
                returning {Partner.Row}
                """
            )
            ?? throw new Refused(
                "partner.code_taken",
                $"The code {request.Code} belongs to another partner. Choose another code.",
                new { request.Code }
            );
        await WriteParts(db, made.Id, fields);
        return made;
    }

    private static async Task<ListPartners.Detail> Change(HttpContext http, Db db, Guid id, Partner.Fields request)
    {
        var expected = Versions.Expected(http);
        var fields = Judged(request);
        var changed = await db.Execute(
            $"""
            update catalog.partner set name = {fields.Name}, customer = {fields.Customer}, supplier = {fields.Supplier},
                tax_number = {fields.TaxNumber ?? ""}, tax_office = {fields.TaxOffice ?? ""}, country = {fields.Country},
                currency = {fields.Currency}, language = {fields.Language ?? "en"}, payment_days = {fields.PaymentDays},
                email = {fields.Email ?? ""}, phone = {fields.Phone ?? ""}, website = {fields.Website ?? ""},
                note = {fields.Note ?? ""}, version = version + 1
            where partner_id = {id} and version = {expected}
            """
        );
        if (changed == 0)
        {
            await Partner.One(db, id);
            throw Versions.Changed("partner");
        }
        await WriteParts(db, id, fields);
        return await ListPartners.Show(http, db, id);
    }

    private static Partner.Fields Judged(Partner.Fields fields) =>
        fields.Customer || fields.Supplier
            ? fields
            : throw Invalid.Field("customer", "A partner is a customer, a supplier, or both. Choose at least one.");

    // What the request leaves out is taken away; what it names by an id of this partner stays the same row.
    private static async Task WriteParts(Db db, Guid id, Partner.Fields fields)
    {
        if (fields.Addresses is { } addresses)
            await WriteAddresses(db, id, addresses);
        if (fields.Contacts is { } contacts)
            await WriteContacts(db, id, contacts);
    }

    private static async Task WriteAddresses(Db db, Guid id, IReadOnlyList<Partner.Address> rows)
    {
        var ids = Ids(rows.Select(row => row.Id), "addresses");
        await db.Execute($"delete from catalog.partner_address where partner_id = {id} and address_id <> all ({ids})");
        var written = await db.Execute(
            $"""
            insert into catalog.partner_address as known (tenant_id, address_id, partner_id, position, kind, name, street, city,
                region, postal_code, country)
            select {db.Scope.Tenant}, address_id, {id}, position, kind, name, street, city, region, postal_code, country
            from unnest({ids}, {Column(rows, row => row.Kind)}, {Column(rows, row => row.Name)}, {Column(
                rows,
                row => row.Street
            )},
                {Column(rows, row => row.City)}, {Column(rows, row => row.Region)}, {Column(rows, row => row.PostalCode)},
                {Column(rows, row => row.Country)})
                with ordinality as a (address_id, kind, name, street, city, region, postal_code, country, position)
            on conflict (tenant_id, address_id) do update set position = excluded.position, kind = excluded.kind,
                name = excluded.name, street = excluded.street, city = excluded.city, region = excluded.region,
                postal_code = excluded.postal_code, country = excluded.country
            where known.partner_id = {id}
            """
        );
        if (written < ids.Length)
            throw Foreign("addresses");
    }

    private static async Task WriteContacts(Db db, Guid id, IReadOnlyList<Partner.Contact> rows)
    {
        var ids = Ids(rows.Select(row => row.Id), "contacts");
        await db.Execute($"delete from catalog.partner_contact where partner_id = {id} and contact_id <> all ({ids})");
        var written = await db.Execute(
            $"""
            insert into catalog.partner_contact as known (tenant_id, contact_id, partner_id, position, name, role, email, phone)
            select {db.Scope.Tenant}, contact_id, {id}, position, name, role, email, phone
            from unnest({ids}, {Column(rows, row => row.Name)}, {Column(rows, row => row.Role)},
                {Column(rows, row => row.Email)}, {Column(rows, row => row.Phone)})
                with ordinality as c (contact_id, name, role, email, phone, position)
            on conflict (tenant_id, contact_id) do update set position = excluded.position, name = excluded.name,
                role = excluded.role, email = excluded.email, phone = excluded.phone
            where known.partner_id = {id}
            """
        );
        if (written < ids.Length)
            throw Foreign("contacts");
    }

    private static Guid[] Ids(IEnumerable<Guid?> given, string what)
    {
        var ids = given.Select(id => id ?? Guid.CreateVersion7()).ToArray();
        return ids.Distinct().Count() == ids.Length ? ids : throw Invalid.Field(what, "Each id may stand there once.");
    }

    private static string[] Column<T>(IReadOnlyList<T> rows, Func<T, string?> of) => [.. rows.Select(row => of(row) ?? "")];

    private static Invalid Foreign(string what) =>
        Invalid.Field(what, "An id belongs to another partner. Leave it out for what is new.");
}
