using System.Globalization;
using Millrace.Catalog;
using Millrace.Kernel;

namespace Millrace.Host.Demo;

/// <summary>What the pump maker wants to know of its items and partners beside what everybody has.</summary>
internal static class DemoFields
{
    private static readonly Fields.Request[] All =
    [
        new("item", "drawing", "Drawing no.", "Çizim no", "text", Position: 0),
        new("item", "weight", "Weight, kg", "Ağırlık, kg", "number", Position: 1),
        new("item", "material", "Material", "Malzeme cinsi", "choice", ["EN-GJL-250", "CuSn10", "1.4301", "C45", "S235"], 2),
        new("item", "drinking_water", "For drinking water", "İçme suyuna uygun", "flag", Position: 3),
        new("partner", "region", "Region", "Bölge", "choice", ["Marmara", "Ege", "Anadolu", "Avrupa", "Asya"], 0),
        new("partner", "visited", "Last visit", "Son ziyaret", "date", Position: 1),
        new("stock_adjustment", "witness", "Seen by", "Gören", "text", Position: 0),
    ];

    private static readonly (string In, string Name)[] Materials =
    [
        ("304", "1.4301"),
        ("C45", "C45"),
        ("sheet", "S235"),
        ("GG25", "EN-GJL-250"),
        ("bronze", "CuSn10"),
    ];

    internal static async Task Add(
        Db db,
        IReadOnlyList<(DemoItem Item, Guid Id)> items,
        IReadOnlyDictionary<string, Guid> partners
    )
    {
        foreach (var field in All)
            await Fields.Create(db, field);
        foreach (var (item, id) in items)
            if (Of(item) is { Count: > 0 } values)
                await FieldValues.Fill(db, new FieldValues.Request("item", id, values));
        foreach (var (code, id) in partners)
            await FieldValues.Fill(db, new FieldValues.Request("partner", id, Of(code)));
    }

    private static Dictionary<string, string?> Of(DemoItem item)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (item.Kind is ItemKind.Semi or ItemKind.Finished)
            values["drawing"] = $"AP-{item.Code[3..]}";
        if (item.Unit == "pcs" && item.Cost > 100)
            values["weight"] = decimal.Round(item.Cost / 210m, 1).ToString(CultureInfo.InvariantCulture);
        var material = Materials.FirstOrDefault(one => item.Name.Contains(one.In, StringComparison.Ordinal)).Name;
        if (material is not null)
            values["material"] = material;
        if (item.Name.Contains("multistage", StringComparison.Ordinal))
            values["drinking_water"] = "true";
        return values;
    }

    private static Dictionary<string, string?> Of(string partner)
    {
        var number = int.Parse(partner[2..], CultureInfo.InvariantCulture);
        var region = number switch
        {
            2005 or 6003 => "Asya",
            >= 2000 and < 3000 or >= 6000 => "Avrupa",
            _ => ((string[])["Marmara", "Ege", "Anadolu"])[number % 3],
        };
        return new Dictionary<string, string?>(StringComparer.Ordinal) { ["region"] = region };
    }
}
