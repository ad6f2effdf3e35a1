using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>
/// Customers and suppliers from a file, known again by their code. What the file has no column for stays as it is.
/// </summary>
internal static class ImportPartners
{
    internal static readonly ImportKind Kind = new(
        "partners",
        new Words("Customers and suppliers", "Müşteriler ve tedarikçiler"),
        CatalogPermissions.WritePartners,
        [
            new("code", new("Code", "Kod"), ColumnKind.Text, "C-1001")
            {
                Key = true,
                Needed = true,
                Rules = [new TextAttribute(40)],
            },
            new("name", new("Name", "Ad"), ColumnKind.Text, "Yıldız Makine A.Ş.")
            {
                Needed = true,
                Rules = [new TextAttribute(200)],
            },
            new("customer", new("Customer", "Müşteri"), ColumnKind.Flag, "yes"),
            new("supplier", new("Supplier", "Tedarikçi"), ColumnKind.Flag, "no"),
            new("country", new("Country", "Ülke"), ColumnKind.Text, "TR") { Needed = true, Rules = [new CountryCodeAttribute()] },
            new("currency", new("Currency", "Para birimi"), ColumnKind.Text, "EUR") { Rules = [new CurrencyCodeAttribute()] },
            new("paymentDays", new("Payment in days", "Vade (gün)"), ColumnKind.Number, "30") { Rules = [new DaysAttribute()] },
            new("language", new("Language", "Dil"), ColumnKind.Choice, "tr") { Choices = Partner.Languages },
            Text("taxNumber", new("Tax number", "Vergi no"), "1234567890", 30),
            Text("taxOffice", new("Tax office", "Vergi dairesi"), "Kadıköy", 60),
            Text("email", new("E-mail", "E-posta"), "info@yildiz.example", 200),
            Text("phone", new("Phone", "Telefon"), "+90 216 000 00 00", 40),
            Text("website", new("Website", "Web sitesi"), "https://yildiz.example", 200),
            Text("note", new("Note", "Not"), "Delivers on Tuesdays", 2000),
        ],
        new ImportWork(Write, Undo)
    )
    {
        FieldsOf = "partner",
    };

    private static ImportField Text(string name, Words title, string example, int longest) =>
        new(name, title, ColumnKind.Text, example) { Rules = [new TextAttribute(longest) { ManyLines = longest >= 2000 }] };

    /// <summary>The values of a partner that a file can hold, as they stand in the table.</summary>
    private sealed record Values(
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
        string Note
    );

    private sealed record Wanted(int No, Guid Id, string Code, Values Values, Partner? Known);

    private static async Task<ImportOutcome> Write(Db db, IReadOnlyList<ImportRow> rows, bool mayUpdate)
    {
        var codes = rows.Select(row => row.Text("code")).ToArray();
        // Locked in key order, so that two imports of the same partners queue up.
        var known = (
            await db.Query<Partner>(
                $"select {Partner.Row} from catalog.partner where code = any ({codes}) order by partner_id for update"
            )
        ).ToDictionary(one => one.Code, StringComparer.Ordinal);
        var faults = new List<ImportFault>();
        var wanted = new List<Wanted>();
        var unchanged = new List<(int, Guid)>();
        foreach (var row in rows)
        {
            var (there, count) = (known.GetValueOrDefault(row.Text("code")), faults.Count);
            if (Judge(row, there, mayUpdate, faults) is { } one)
                wanted.Add(one);
            else if (there is not null && faults.Count == count)
                unchanged.Add((row.No, there.Id));
        }
        var made = await Insert(db, [.. wanted.Where(one => one.Known is null)], faults);
        var changed = wanted.Where(one => one.Known is not null).ToList();
        await Update(db, [.. changed.Select(one => (one.Id, one.Known!.Version, one.Values))]);
        return new ImportOutcome([.. made, .. changed.Select(Changed)], faults) { Unchanged = unchanged };
    }

    private static Wanted? Judge(ImportRow row, Partner? known, bool mayUpdate, List<ImportFault> faults)
    {
        var code = row.Text("code");
        var count = faults.Count;
        if (known is null)
            faults.AddRange(
                Kind.Fields.Where(field => field.Needed && !row.Has(field.Name))
                    .Select(field => new ImportFault(
                        row.No,
                        field.Name,
                        "",
                        "needed",
                        $"{code} is new, and the file has no column for {field.Title.English}."
                    ))
            );
        else if (!mayUpdate)
            faults.Add(new ImportFault(row.No, "code", code, "exists", $"{code} is there already, and this import only adds."));
        var values = ValuesOf(row, known);
        if (!values.Customer && !values.Supplier)
            faults.Add(
                new ImportFault(row.No, "customer", "", "role", "A partner is a customer, a supplier, or both. Say yes to one.")
            );
        if (faults.Count > count || (known is not null && values == ValuesOf(new ImportRow(row.No, Nothing), known)))
            return null;
        return new Wanted(row.No, known?.Id ?? Guid.CreateVersion7(), code, values, known);
    }

    private static readonly Dictionary<string, object?> Nothing = [];

    private static Values ValuesOf(ImportRow row, Partner? known) =>
        new(
            row.Text("name", known?.Name ?? ""),
            row.Flag("customer") ?? known?.Customer ?? false,
            row.Flag("supplier") ?? known?.Supplier ?? false,
            Or(row, "taxNumber", known?.TaxNumber),
            Or(row, "taxOffice", known?.TaxOffice),
            row.Text("country", known?.Country ?? ""),
            row.Has("currency") ? row.TextOrNull("currency") : known?.Currency,
            row.Text("language", known?.Language ?? "en"),
            (int)(row.Number("paymentDays") ?? known?.PaymentDays ?? 30),
            Or(row, "email", known?.Email),
            Or(row, "phone", known?.Phone),
            Or(row, "website", known?.Website),
            Or(row, "note", known?.Note)
        );

    // An empty cell of a column that the file has empties the field.
    private static string Or(ImportRow row, string field, string? known) => row.Has(field) ? row.Text(field) : known ?? "";

    private static ImportEffect Changed(Wanted one) =>
        new(
            one.No,
            "updated",
            one.Id,
            one.Known!.Version + 1,
            JsonSerializer.Serialize(ValuesOf(new ImportRow(one.No, Nothing), one.Known), JsonSerializerOptions.Web)
        );

    private static async Task<IEnumerable<ImportEffect>> Insert(Db db, IReadOnlyList<Wanted> rows, List<ImportFault> faults)
    {
        if (rows.Count == 0)
            return [];
        var made = await db.Query<Guid>(
            $"""
            insert into catalog.partner (tenant_id, partner_id, code, name, customer, supplier, tax_number, tax_office, country,
                currency, language, payment_days, email, phone, website, note)
            select {db.Scope.Tenant}, i.id, i.code, v."name", v.customer, v.supplier, v."taxNumber", v."taxOffice", v.country,
                v.currency, v.language, v."paymentDays", v.email, v.phone, v.website, v.note
            from unnest({Column(rows, one => one.Id)}, {Column(rows, one => one.Code)}, {Column(rows, one => Text(one.Values))})
                as i (id, code, json)
            cross join lateral jsonb_to_record(i.json) as v ("name" text, customer boolean, supplier boolean, "taxNumber" text,
                "taxOffice" text, country text, currency text, language text, "paymentDays" int, email text, phone text,
                website text, note text)
            order by i.code
            on conflict on constraint partner_code do nothing
            returning partner_id
            """
        );
        var there = made.ToHashSet();
        // Somebody else has taken the code since it was looked for.
        faults.AddRange(
            rows.Where(one => !there.Contains(one.Id))
                .Select(one => new ImportFault(
                    one.No,
                    "code",
                    one.Code,
                    "exists",
                    $"{one.Code} was just created by somebody else."
                ))
        );
        return rows.Where(one => there.Contains(one.Id)).Select(one => new ImportEffect(one.No, "created", one.Id, 1, null));
    }

    /// <summary>Only rows that still have the version they are expected to have.</summary>
    private static Task<List<Guid>> Update(Db db, IReadOnlyList<(Guid Id, int Version, Values Values)> rows) =>
        db.Query<Guid>(
            $"""
            update catalog.partner p set name = v."name", customer = v.customer, supplier = v.supplier,
                tax_number = v."taxNumber", tax_office = v."taxOffice", country = v.country, currency = v.currency,
                language = v.language, payment_days = v."paymentDays", email = v.email, phone = v.phone, website = v.website,
                note = v.note, version = p.version + 1
            from unnest({Column(rows, one => one.Id)}, {Column(rows, one => one.Version)}, {Column(
                rows,
                one => Text(one.Values)
            )})
                as i (id, version, json)
            cross join lateral jsonb_to_record(i.json) as v ("name" text, customer boolean, supplier boolean, "taxNumber" text,
                "taxOffice" text, country text, currency text, language text, "paymentDays" int, email text, phone text,
                website text, note text)
            where p.partner_id = i.id and p.version = i.version
            returning p.partner_id
            """
        );

    private static async Task<IReadOnlyList<ImportFault>> Undo(Db db, IReadOnlyList<ImportEffect> effects)
    {
        var back = await Update(
            db,
            [
                .. effects
                    .Where(one => one.Change == "updated")
                    .Select(one =>
                        (one.Target, one.Version, JsonSerializer.Deserialize<Values>(one.Before!, JsonSerializerOptions.Web)!)
                    ),
            ]
        );
        back.AddRange(await Unmake.Run(db, [.. effects.Where(one => one.Change == "created")], Delete));
        var done = back.ToHashSet();
        return
        [
            .. effects
                .Where(one => !done.Contains(one.Target))
                .Select(one => new ImportFault(
                    one.No,
                    "code",
                    "",
                    "depends",
                    "This partner was changed since, or something depends on it. Take that back first, or retire the partner."
                )),
        ];
    }

    private static Task<List<Guid>> Delete(Db db, Guid[] partners, int[] versions) =>
        db.Query<Guid>(
            $"""
            delete from catalog.partner p using unnest({partners}, {versions}) as d (partner_id, version)
            where p.partner_id = d.partner_id and p.version = d.version
            returning p.partner_id
            """
        );

    private static Json Text(Values values) => new(JsonSerializer.Serialize(values, JsonSerializerOptions.Web));

    private static TValue[] Column<TRow, TValue>(IReadOnlyList<TRow> rows, Func<TRow, TValue> of) => [.. rows.Select(of)];
}

/// <summary>Whole days, up to a year.</summary>
internal sealed class DaysAttribute() : ExactAttribute("0", "365", 0);
