using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>The label of a unit, with what is on it now.</summary>
public static class PrintPalletLabel
{
    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/handling-units/{sscc}/label/pdf", Run)
            .Needs(InventoryPermissions.Read)
            .Reads(Patience.Background)
            .ProducesProblem(404)
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .WithSummary("The label of a handling unit as PDF");

    private static async Task<IResult> Run(Db db, [Text(18)] string sscc, [OneOf("en", "tr")] string? language)
    {
        var unit = await ShowHandlingUnit.One(db, sscc);
        var company = await ListCompanies.One(db, unit.CompanyId);
        var format = PrintFormat.In(language ?? "en");
        var (lot, expires, more) = language == "tr" ? ("Parti", "SKT", "daha") : ("Lot", "Exp.", "more");
        var goods = unit.Goods.Select(one => (string[])[What(one), .. Which(one)]).ToList();
        // The last line is kept for how many more there are.
        var told = goods.Sum(one => one.Length) <= PalletLabel.MostLines ? goods.Count : 0;
        for (var left = PalletLabel.MostLines - 1; told < goods.Count && goods[told].Length <= left; told++)
            left -= goods[told].Length;
        string[] lines = [.. goods.Take(told).SelectMany(one => one)];
        if (told < goods.Count)
            lines = [.. lines, $"+ {goods.Count - told} {more}"];
        return new PdfAnswer(
            $"{sscc}.pdf",
            new PalletLabel(company.Name, $"{unit.WarehouseCode} · {unit.Bin}", lines, sscc).Print()
        );

        string What(ShowHandlingUnit.Goods one) => $"{format.Quantity(one.OnHand)} {one.Unit}  {one.ItemCode} {one.ItemName}";

        string[] Which(ShowHandlingUnit.Goods one)
        {
            string[] marks =
            [
                .. one.Lot == "" ? [] : (string[])[$"{lot} {one.Lot}"],
                .. one.ExpiresOn is { } day ? (string[])[$"{expires} {format.Date(day)}"] : [],
            ];
            return marks.Length == 0 ? [] : ["    " + string.Join("  ", marks)];
        }
    }
}
