using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Says what is on its way to a warehouse, so that it can be promised before it comes; changes and closes it.</summary>
public static class ExpectSupply
{
    public sealed record Request(
        Guid CompanyId,
        Guid ItemId,
        Guid WarehouseId,
        [Required, Text(80)] string Source,
        DateOnly Due,
        [Quantity] decimal Quantity
    ) : IStockCommand;

    public sealed record Change(DateOnly Due, [Quantity] decimal Quantity, bool Closed);

    /// <summary>The place of a supply never changes.</summary>
    internal sealed record ChangeCommand(Guid Id, Guid ItemId, Guid WarehouseId, int Version, Change To) : IStockCommand;

    private sealed record Where(Guid ItemId, Guid WarehouseId);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost(
                "/expected-supply",
                async Task<Created<Supply>> (Db db, Request request) =>
                    TypedResults.Created((string?)null, await Run(db, request))
            )
            .Needs(InventoryPermissions.Expect)
            .Once()
            .WithSummary("Expect goods in a warehouse");
        api.MapPut("/expected-supply/{id:guid}", Put)
            .Needs(InventoryPermissions.Expect)
            .Writes()
            .ProducesProblem(404)
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change or close what is expected; If-Match names the version you have read");
    }

    public static async Task<Supply> Run(Db db, Request request) => The(await StockBook.Now<Supply>(db, [request]));

    private static async Task<Supply> Put(HttpContext http, Db db, Guid id, Change request)
    {
        var version = Versions.Expected(http);
        var where =
            await db.Find<Where>($"select item_id, warehouse_id from inventory.expected where expected_id = {id}")
            ?? throw Refused.Missing("supply", id);
        var changed = The(
            await StockBook.Now<Supply>(db, [new ChangeCommand(id, where.ItemId, where.WarehouseId, version, request)])
        );
        Versions.Show(http, changed.Version);
        return changed;
    }

    private static Supply The(IReadOnlyList<Verdict<Supply>> verdicts) =>
        verdicts[0].Refusal is { } refusal ? throw refusal : verdicts[0].Result;
}

/// <summary>Goods are expected, or what was known of them has changed.</summary>
[EventType("SupplyExpected", 1)]
public sealed record SupplyExpected(
    Guid CompanyId,
    Guid SupplyId,
    Guid ItemId,
    Guid WarehouseId,
    string Source,
    DateOnly Due,
    decimal Quantity,
    bool Closed
) : IEvent
{
    public string Aggregate => $"supply/{SupplyId:N}";
}
