namespace Millrace.Tests;

/// <summary>What the tests of pallets do with them.</summary>
internal static class Pallets
{
    private const string Units = "/api/v1/handling-units";

    public static async Task<OpenFactory> WithBins(this Server server)
    {
        var open = await OpenFactory.Start(server);
        foreach (
            var (warehouse, code, order) in ((int, string, int)[])
                [(0, "A-1", 1), (0, "A-2", 2), (0, "B-1", 5), (0, "C-1", 9), (1, "B-1", 1)]
        )
            await open.Api.Post(
                $"/api/v1/warehouses/{open.Factory.Warehouses[warehouse]}/bins",
                new { Code = code, RemovalOrder = order }
            );
        await open.Api.Put($"/api/v1/companies/{open.Factory.Company}/sscc-prefix", new { Digits = "8690123" });
        return open;
    }

    public static async Task<string> Begin(OpenFactory open) =>
        (await open.Api.Post(Units, new { WarehouseId = open.Factory.Warehouse, Bin = "MAIN" }))
            .Json.GetProperty("sscc")
            .GetString()!;

    public static Task<Answer> BeginAs(OpenFactory open, string sscc, string bin) =>
        open.Api.Post(
            Units,
            new
            {
                WarehouseId = open.Factory.Warehouse,
                Bin = bin,
                Sscc = sscc,
            }
        );

    public static Task<Answer> Move(OpenFactory open, string sscc, string bin, Guid? warehouse = null, bool underWay = false) =>
        open.Api.Post(
            $"{Units}/{sscc}/moves",
            new
            {
                WarehouseId = warehouse ?? open.Factory.Warehouse,
                Bin = bin,
                Date = Factory.Today,
                UnderWay = underWay,
            }
        );

    public static Task<Answer> Dissolve(OpenFactory open, string sscc) =>
        open.Api.Post($"{Units}/{sscc}/dissolution", new { Date = Factory.Today });

    public static async Task Put(OpenFactory open, string bin, decimal quantity, Guid? item = null) =>
        Assert.Equal("201", (await PutOn(open, bin, quantity, item: item)).Said);

    public static Task<Answer> PutOn(
        OpenFactory open,
        string bin,
        decimal quantity,
        Guid? warehouse = null,
        string? status = null,
        Guid? item = null
    ) =>
        open.Api.Post(
            "/api/v1/receipts",
            new
            {
                WarehouseId = warehouse ?? open.Factory.Warehouse,
                Date = Factory.Today,
                Lines = new[]
                {
                    new
                    {
                        ItemId = item ?? open.Factory.Item,
                        Quantity = quantity,
                        Bin = bin,
                        Status = status,
                    },
                },
            }
        );

    /// <summary>Where it stands and how much of everything is on it.</summary>
    public static async Task<string> Standing(OpenFactory open, string sscc)
    {
        var unit = (await open.Api.Get($"{Units}/{sscc}")).Json;
        return string.Join(
            ' ',
            [
                unit.GetProperty("warehouseCode").GetString(),
                unit.GetProperty("bin").GetString(),
                .. unit.GetProperty("goods").EnumerateArray().Select(one => one.GetProperty("onHand").GetString()),
            ]
        );
    }

    public static async Task<string> Written(OpenFactory open) =>
        string.Join(
            ' ',
            await open.Count("inventory.movement"),
            await open.Count("inventory.handling_unit"),
            await open.Count("kernel.event")
        );
}
