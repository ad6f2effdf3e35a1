using Millrace.Catalog;
using Millrace.Company;
using Millrace.Identity;

namespace Millrace.Host.Demo;

/// <summary>Another organisation in the same installation: an olive mill, whose data the pump maker must never see.</summary>
internal static class OliveMill
{
    internal static readonly CreateCompany.Request Company = new(
        "EGZ",
        "Ege Zeytin Ltd. Şti.",
        "TR",
        "TRY",
        2,
        "Europe/Istanbul"
    );

    internal static readonly IReadOnlyList<AddMember.Request> People =
    [
        new("elif@zeytin.example", "Elif Arslan", SignIns.Password, "Administrator"),
    ];

    internal static readonly IReadOnlyList<(string Code, string Name)> Warehouses =
    [
        ("ZEY-1", "Mill, Ayvalık"),
        ("ZEY-2", "Bottling, Edremit"),
    ];

    internal static IReadOnlyList<DemoItem> Items() =>
        [
            new("ZEY-OLV", "Olives, early harvest", ItemKind.Raw, "kg", 42m, 800),
            new("ZEY-BTL-500", "Glass bottle, 500 ml", ItemKind.Raw, "pcs", 11.2m, 600),
            new("ZEY-BTL-750", "Glass bottle, 750 ml", ItemKind.Raw, "pcs", 13.9m, 600),
            new("ZEY-TIN-5", "Tin, 5 l", ItemKind.Raw, "pcs", 38m, 200),
            new("ZEY-CAP", "Pouring cap", ItemKind.Raw, "pcs", 2.4m, 1000),
            new("ZEY-OIL", "Extra virgin olive oil, bulk", ItemKind.Semi, "l", 265m, 300),
            new("ZEY-FG-500", "Extra virgin olive oil, 500 ml", ItemKind.Finished, "pcs", 168m, 120),
            new("ZEY-FG-750", "Extra virgin olive oil, 750 ml", ItemKind.Finished, "pcs", 236m, 120),
            new("ZEY-FG-5", "Extra virgin olive oil, 5 l", ItemKind.Finished, "pcs", 1_390m, 40),
            new("ZEY-SOAP", "Olive oil soap", ItemKind.Goods, "pcs", 28m, 200),
        ];
}
