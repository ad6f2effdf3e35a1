using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>A pallet. What is on it, and nothing else, is of its lot, so that the model needs no bins.</summary>
internal sealed partial class StockModel(string sscc, Guid unitAt)
{
    internal const string LotOnUnit = "P";

    internal string Sscc { get; } = sscc;

    private Guid _unitAt = unitAt;

    private bool IsElsewhere(
        IEnumerable<((Guid Item, Guid Warehouse, string Lot, string Status) Key, decimal Quantity)> changes
    ) => changes.Any(one => one.Quantity > 0 && one.Key.Lot == LotOnUnit && one.Key.Warehouse != _unitAt);

    /// <summary>It goes to a warehouse, or has arrived there.</summary>
    internal void AssertMoved(MoveHandlingUnit.Request request, Verdict<MoveHandlingUnit.Moved> verdict)
    {
        var goods = _onHand.Where(one => one.Key.Lot == LotOnUnit && one.Value != 0).ToList();
        var stays = request.WarehouseId == _unitAt;
        var changes = goods
            .Where(one => !stays || one.Key.Status.StartsWith("transit", StringComparison.Ordinal))
            .SelectMany(one =>
                new[]
                {
                    (one.Key, -one.Value),
                    (one.Key with { Warehouse = request.WarehouseId, Status = StatusAfter(one.Key.Status) }, one.Value),
                }
            )
            .ToList();
        var unfit =
            request.UnderWay && stays ? "transfer.nowhere"
            : request.UnderWay && goods.Exists(one => one.Key.Status.TrimEnd('@') is "quality" or "blocked")
                ? "handling_unit.withheld"
            : stays && changes.Count == 0 ? "handling_unit.stays"
            : null;
        var before = _unitAt;
        _unitAt = request.WarehouseId;
        if (changes.Count > 0 || unfit is not null)
            AssertBooked(MovementKind.Transfer, "StockTransferred", changes, unfit, Document());
        else
            Assert.Null(verdict.Refusal);
        if (verdict.Refusal is not null)
        {
            _unitAt = before;
            return;
        }
        Serve();
        Events.Add("HandlingUnitMoved");

        string StatusAfter(string status) =>
            request.UnderWay
                ? status.Replace("available", "transit", StringComparison.Ordinal)
                : status.Replace("transit", "available", StringComparison.Ordinal);

        Verdict<object> Document() =>
            verdict.Refusal is { } refusal
                ? refusal
                : new MoveStock.Document(verdict.Result.Document!, request.Date, "", Total: 0, Lines: []);
    }
}
