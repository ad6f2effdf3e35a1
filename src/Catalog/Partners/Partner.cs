using System.ComponentModel.DataAnnotations;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>A customer, a supplier, or both, as lists and forms show it.</summary>
public sealed record Partner(
    Guid Id,
    string Code,
    string Name,
    bool Customer,
    bool Supplier,
    string TaxNumber,
    string TaxOffice,
    string Country,
    string? Currency,
    string Language,
    int PaymentDays,
    string Email,
    string Phone,
    string Website,
    string Note,
    int Version,
    DateTime CreatedAt,
    DateTime? RetiredAt
)
{
    /// <summary>What is written about a partner; its code is given once and stays.</summary>
    public sealed record Fields(
        [Required, Text(200)] string Name,
        bool Customer,
        bool Supplier,
        [Required, CountryCode] string Country,
        [Text(30, MayBeEmpty = true)] string? TaxNumber = null,
        [Text(60, MayBeEmpty = true)] string? TaxOffice = null,
        [CurrencyCode] string? Currency = null,
        [OneOf("en", "tr")] string? Language = null,
        [Range(0, 365)] int PaymentDays = 30,
        [Text(200, MayBeEmpty = true)] string? Email = null,
        [Text(40, MayBeEmpty = true)] string? Phone = null,
        [Text(200, MayBeEmpty = true)] string? Website = null,
        [Text(2000, MayBeEmpty = true, ManyLines = true)] string? Note = null,
        [Length(0, 50), Filled] IReadOnlyList<Address>? Addresses = null,
        [Length(0, 100), Filled] IReadOnlyList<Contact>? Contacts = null
    );

    /// <summary>An id names one that is there already; without one it is new.</summary>
    public sealed record Address(
        [Required, OneOf("billing", "shipping", "other")] string Kind,
        [Required, Text(200)] string Street,
        [Required, Text(80)] string City,
        [Required, CountryCode] string Country,
        [Text(80, MayBeEmpty = true)] string? Name = null,
        [Text(80, MayBeEmpty = true)] string? Region = null,
        [Text(20, MayBeEmpty = true)] string? PostalCode = null,
        Guid? Id = null
    );

    public sealed record Contact(
        [Required, Text(120)] string Name,
        [Text(80, MayBeEmpty = true)] string? Role = null,
        [Text(200, MayBeEmpty = true)] string? Email = null,
        [Text(40, MayBeEmpty = true)] string? Phone = null,
        Guid? Id = null
    );

    internal static readonly IReadOnlyList<Choice> Languages =
    [
        new("en", new("English", "İngilizce")),
        new("tr", new("Turkish", "Türkçe")),
    ];

    internal static readonly Sql Row = $"""
        partner_id as id, code, name, customer, supplier, tax_number, tax_office, country, currency, language, payment_days,
            email, phone, website, note, version, created_at, retired_at
        """;

    internal static async Task<Partner> One(Db db, Guid id) =>
        await db.Find<Partner>($"select {Row} from catalog.partner where partner_id = {id}")
        ?? throw Refused.Missing("partner", id);

    internal static Task<DocumentCard?> Card(Db db, Guid id) =>
        db.Find<DocumentCard>(
            $"select null::uuid as company_id, code || ' · ' || name as title from catalog.partner where partner_id = {id}"
        );
}

/// <summary>A code of so many capital letters; nothing at all is none, which is said by null.</summary>
public abstract class CapitalsAttribute(string pattern) : RegularExpressionAttribute(pattern)
{
    public override bool IsValid(object? value) => value is not "" && base.IsValid(value);
}

/// <summary>Two capital letters, as ISO 3166 gives them.</summary>
public sealed class CountryCodeAttribute() : CapitalsAttribute("^[A-Z]{2}$")
{
    public override string FormatErrorMessage(string name) => $"{name} must be the two capital letters of a country, such as TR.";
}

/// <summary>Three capital letters, as ISO 4217 gives them.</summary>
public sealed class CurrencyCodeAttribute() : CapitalsAttribute("^[A-Z]{3}$")
{
    public override string FormatErrorMessage(string name) =>
        $"{name} must be the three capital letters of a currency, such as EUR.";
}
