using Millrace.Catalog;
using Millrace.Company;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Host.Demo;

/// <summary>A maker of pumps: castings, steel, bearings, seals and motors in; centrifugal and submersible pumps out.</summary>
internal static class PumpMaker
{
    /// <summary>What comes in several kinds.</summary>
    internal const string Varied = "OT-BOX-60";

    internal static readonly MakeVariants.Request Variants = new([
        new("Print", ["plain", "logo"]),
        new("Layers", ["three", "five"]),
    ]);

    internal static readonly CreateCompany.Request Company = new(
        "ANP",
        "Anadolu Pompa Sanayi A.Ş.",
        "TR",
        "TRY",
        2,
        "Europe/Istanbul"
    );

    internal static readonly IReadOnlyList<AddMember.Request> People =
    [
        new("ayse@pompa.example", "Ayşe Yılmaz", SignIns.Password, "Administrator"),
        new("mehmet@pompa.example", "Mehmet Demir", SignIns.Password, "Warehouse"),
        new("zeynep@pompa.example", "Zeynep Kaya", SignIns.Password, "Accounting"),
    ];

    internal static readonly IReadOnlyList<(string Code, string Name)> Warehouses =
    [
        ("HAM", "Raw material, Gebze"),
        ("MEK", "Machine shop, Gebze"),
        ("MON", "Assembly, Gebze"),
        ("MAM", "Finished goods, Gebze"),
        ("IZM", "Branch, İzmir"),
    ];

    /// <summary>Both wait until somebody names the folder for files and lets them run.</summary>
    internal static readonly IReadOnlyList<Exchanges.Request> Exchanged =
    [
        new(
            "Stock cards of the old program",
            "in",
            "items",
            new ExchangeHow(new ExchangeFiles("cards-*.csv"), OnlyGood: true),
            new Schedules.Request("*/15 * * * *", "Europe/Istanbul", Enabled: false)
        ),
        new(
            "Items for the web shop",
            "out",
            "items",
            new ExchangeHow(
                new ExchangeFiles("items-{date}", "xlsx"),
                Query: "filter=kind%3Ais%3Afinished&columns=code,name,unit,field.weight"
            ),
            new Schedules.Request("30 5 * * 1-6", "Europe/Istanbul", Enabled: false)
        ),
    ];

    private static readonly (string Series, string Name, decimal Cost)[] Families =
    [
        ("NM", "End-suction pump", 8_400m),
        ("KX", "Inline circulation pump", 6_150m),
        ("DS", "Submersible drainage pump", 5_320m),
        ("MV", "Vertical multistage pump", 14_900m),
    ];

    private static readonly (string Size, decimal Factor)[] Sizes =
    [
        ("32-160", 1m),
        ("40-200", 1.25m),
        ("50-200", 1.6m),
        ("65-250", 2.2m),
    ];

    internal static IReadOnlyList<DemoItem> Items() =>
        [.. Steel(), .. Castings(), .. Bought(), .. Machined(), .. Pumps(), .. Goods()];

    private static IEnumerable<DemoItem> Steel()
    {
        foreach (var diameter in (int[])[20, 25, 30, 35, 40, 50, 60, 70, 80])
        {
            yield return new DemoItem(
                $"RM-BAR-304-{diameter}",
                $"Stainless round bar 304, Ø{diameter} mm",
                ItemKind.Raw,
                "kg",
                148.5m,
                120
            );
            yield return new DemoItem(
                $"RM-BAR-C45-{diameter}",
                $"Carbon steel round bar C45, Ø{diameter} mm",
                ItemKind.Raw,
                "kg",
                41.25m,
                200
            );
        }
        foreach (var thickness in (int[])[2, 3, 4, 6, 8])
            yield return new DemoItem(
                $"RM-SHT-{thickness}",
                $"Hot-rolled steel sheet, {thickness} mm",
                ItemKind.Raw,
                "kg",
                32.4m + thickness,
                400
            );
        yield return new DemoItem(
            "RM-COIL-DX51",
            "Galvanised steel coil DX51D, 1.0 mm",
            ItemKind.Raw,
            "kg",
            36.8m,
            1000,
            new("roll", 2500, 1)
        );
    }

    private static IEnumerable<DemoItem> Castings()
    {
        foreach (var (size, factor) in Sizes)
        {
            yield return new DemoItem(
                $"RM-CAST-VOL-{size}",
                $"Volute casting GG25, {size}",
                ItemKind.Raw,
                "pcs",
                1_150m * factor,
                12
            );
            yield return new DemoItem(
                $"RM-CAST-IMP-{size}",
                $"Impeller casting, bronze, {size}",
                ItemKind.Raw,
                "pcs",
                640m * factor,
                16
            );
            yield return new DemoItem(
                $"RM-CAST-BRK-{size}",
                $"Bearing bracket casting GG25, {size}",
                ItemKind.Raw,
                "pcs",
                520m * factor,
                12
            );
        }
    }

    private static IEnumerable<DemoItem> Bought()
    {
        foreach (
            var (code, cost) in ((string, decimal)[])
                [("6204", 62.5m), ("6205", 74.9m), ("6206", 98m), ("6306", 131m), ("6308", 214m)]
        )
            yield return new DemoItem(
                $"RM-BRG-{code}-2RS",
                $"Ball bearing {code} 2RS",
                ItemKind.Raw,
                "pcs",
                cost,
                40,
                new("carton", 24, 1)
            );
        foreach (var diameter in (int[])[16, 20, 24, 28, 32])
            yield return new DemoItem(
                $"RM-SEAL-{diameter}",
                $"Mechanical seal, Ø{diameter} mm, SiC/SiC",
                ItemKind.Raw,
                "pcs",
                310m + (diameter * 12),
                24
            );
        foreach (
            var (power, cost) in ((string, decimal)[])
                [("0.75", 3_450m), ("1.5", 4_280m), ("2.2", 5_190m), ("4", 7_850m), ("7.5", 12_400m)]
        )
            yield return new DemoItem($"RM-MOT-{power}", $"Electric motor IE3, {power} kW, 4-pole", ItemKind.Raw, "pcs", cost, 8);
        foreach (var diameter in (int[])[90, 110, 140, 170])
            yield return new DemoItem($"RM-ORG-{diameter}", $"O-ring NBR, Ø{diameter} mm", ItemKind.Raw, "pcs", 8.75m, 100);
        foreach (var bolt in (string[])["M8x25", "M10x30", "M12x40", "M16x50"])
            yield return new DemoItem(
                $"RM-BLT-{bolt}",
                $"Hexagon bolt 8.8, zinc-plated, {bolt}",
                ItemKind.Raw,
                "pcs",
                3.1m,
                500,
                new("box", 200, 1)
            );
        yield return new DemoItem("RM-PNT-5015", "Epoxy paint RAL 5015", ItemKind.Raw, "kg", 186m, 25, new("l", 7, 5));
        yield return new DemoItem("OT-PAL-EUR", "Euro pallet", ItemKind.Other, "pcs", 410m, 20);
        yield return new DemoItem("OT-BOX-60", "Carton box, 60 × 40 × 40", ItemKind.Other, "pcs", 38.5m, 100);
    }

    private static IEnumerable<DemoItem> Machined()
    {
        foreach (var (size, factor) in Sizes)
        {
            yield return new DemoItem(
                $"SM-SHF-{size}",
                $"Pump shaft 304, machined, {size}",
                ItemKind.Semi,
                "pcs",
                690m * factor,
                12
            );
            yield return new DemoItem(
                $"SM-IMP-{size}",
                $"Impeller, machined and balanced, {size}",
                ItemKind.Semi,
                "pcs",
                980m * factor,
                12
            );
            yield return new DemoItem($"SM-VOL-{size}", $"Volute, machined, {size}", ItemKind.Semi, "pcs", 1_620m * factor, 10);
        }
    }

    private static IEnumerable<DemoItem> Pumps() =>
        from family in Families
        from size in Sizes
        select new DemoItem(
            $"FG-{family.Series}-{size.Size}",
            $"{family.Name} {family.Series} {size.Size}",
            ItemKind.Finished,
            "pcs",
            decimal.Round(family.Cost * size.Factor, 2, MidpointRounding.AwayFromZero),
            4
        );

    private static IEnumerable<DemoItem> Goods()
    {
        foreach (
            var (code, name, cost) in ((string, string, decimal)[])
                [
                    ("PRS-10", "Pressure switch, 1-10 bar", 420m),
                    ("MAN-16", "Manometer, 0-16 bar", 165m),
                    ("TNK-24", "Expansion tank, 24 l", 890m),
                    ("TNK-50", "Expansion tank, 50 l", 1_480m),
                    ("CHK-50", "Check valve DN50, brass", 610m),
                    ("BFV-65", "Butterfly valve DN65", 1_240m),
                    ("FLT-40", "Strainer DN40", 530m),
                    ("PNL-1", "Control panel, one pump", 4_950m),
                    ("PNL-2", "Control panel, two pumps", 7_600m),
                    ("HOS-50", "Suction hose DN50", 96m),
                    ("HOS-65", "Suction hose DN65", 124m),
                    ("FLS-10", "Float switch, 10 m cable", 340m),
                    ("CPL-40", "Pipe coupling DN40", 72m),
                    ("CPL-50", "Pipe coupling DN50", 88m),
                ]
        )
            yield return new DemoItem(
                $"TG-{code}",
                name,
                ItemKind.Goods,
                code.StartsWith("HOS", StringComparison.Ordinal) ? "m" : "pcs",
                cost,
                10
            );
    }
}
