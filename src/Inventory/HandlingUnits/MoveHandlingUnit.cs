using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Brings a unit to another bin, with all that is on it. Within a warehouse nothing is booked: its goods lie on it as before. To
/// another warehouse everything is transferred in one document; it may travel there, and has arrived when it is put into a bin.
/// Dissolved, its goods lie in the bin where it stood.
/// </summary>
public static class MoveHandlingUnit
{
    public sealed record Request(
        Guid WarehouseId,
        [Required, Text(40)] string Bin,
        DateOnly Date,
        bool UnderWay = false,
        [Text(100, MayBeEmpty = true)] string? Reference = null
    );

    public sealed record DissolveRequest(DateOnly Date, [Text(100, MayBeEmpty = true)] string? Reference = null);

    /// <summary>Where it stands now; the transfer of its goods, if there was one.</summary>
    public sealed record Moved(ShowHandlingUnit.Unit Unit, string? Document);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/handling-units/{sscc}/moves", Run)
            .Needs(InventoryPermissions.Transfer)
            .Once()
            .ProducesProblem(404)
            .WithSummary("Bring a handling unit to another bin with all that is on it");
        api.MapPost("/handling-units/{sscc}/dissolution", Dissolve)
            .Needs(InventoryPermissions.Transfer)
            .Once()
            .ProducesProblem(404)
            .WithSummary("Leave what is on a handling unit in the bin where it stands, and give the unit up");
    }

    public static async Task<Moved> Run(Db db, [Text(18)] string sscc, Request request)
    {
        var (unit, goods) = await Look(db, sscc);
        var to = await UnitPlace.Of(db, request.WarehouseId, request.Bin);
        if (to.CompanyId != unit.CompanyId)
            throw TransferStock.OtherCompany(unit.WarehouseCode, to.WarehouseCode);
        if (request.UnderWay && to.WarehouseId == unit.WarehouseId)
            throw TransferStock.Nowhere($"The unit {sscc}", unit.WarehouseCode);
        var command = new Command(unit, to.WarehouseId, to.Bin, request.Date, request.Reference)
        {
            Goods = goods,
            IsUnderWay = request.UnderWay,
        };
        if (
            request.UnderWay
            && goods.FirstOrDefault(one => one.Status is StockStatus.Quality or StockStatus.Blocked) is { } withheld
        )
            throw Withheld(sscc, withheld);
        if (to.WarehouseId == unit.WarehouseId && to.Bin == unit.Bin && !command.Books)
            throw new Refused(
                "handling_unit.stays",
                $"The unit {sscc} stands in {to.Bin} of {to.WarehouseCode} already. Say where it goes.",
                new { Sscc = sscc, to.Bin }
            );
        await UnitPlace.MakeBin(db, to.WarehouseId, sscc);
        return await Book(db, command);
    }

    public static async Task<Moved> Dissolve(Db db, [Text(18)] string sscc, DissolveRequest request)
    {
        var (unit, goods) = await Look(db, sscc);
        return await Book(
            db,
            new Command(unit, unit.WarehouseId, unit.Bin, request.Date, request.Reference) { Goods = goods, Dissolves = true }
        );
    }

    /// <summary>Why a bin that is a unit takes nothing in.</summary>
    internal static Refused? TakesNothing(StockReads.Place bin, StockAtHand stock)
    {
        // Whoever waited for it finds it; here it is gone between two looks.
        if (!stock.HandlingUnits.TryGetValue(bin.Bin, out var unit))
            throw Changing(bin.Bin);
        if (unit.IsClosed)
            return MovementJudge.ClosedBin(unit.WarehouseCode, unit.Bin);
        if (unit.DissolvedAt is not null)
            return GivenUp(bin.Bin);
        return unit.WarehouseId == bin.WarehouseId
            ? null
            : new Refused(
                "handling_unit.elsewhere",
                $"The unit {bin.Bin} stands in {unit.Bin} of {unit.WarehouseCode}. Bring it here first, or choose another bin.",
                new { Sscc = bin.Bin, Warehouse = unit.WarehouseCode }
            );
    }

    // What is seen here is held only later: whoever changes it in between makes this one ask again.
    private static async Task<(HandlingUnit Unit, List<HandlingUnit.Goods> Goods)> Look(Db db, string sscc)
    {
        var read = HandlingUnit.Read(db, [sscc]);
        await db.Send();
        if (read.Rows is not [var unit])
            throw Refused.Missing("handling unit", sscc);
        if (unit.DissolvedAt is not null)
            throw GivenUp(sscc);
        var goods = HandlingUnit.GoodsOn(db, unit.WarehouseId, sscc);
        await db.Send();
        if (goods.Rows.Count > HandlingUnit.MostGoods)
            throw new Refused(
                "handling_unit.too_full",
                $"There are more than {HandlingUnit.MostGoods} different goods on {sscc}. Take some off with a transfer first.",
                new { HandlingUnit.MostGoods }
            );
        return (unit, [.. goods.Rows]);
    }

    private static async Task<Moved> Book(Db db, Command command)
    {
        string? document = null;
        if (command.Books)
        {
            var verdict = (await StockBook.Now<MoveStock.Document>(db, [command]))[0];
            document = verdict.Refusal is { } refusal ? throw refusal : verdict.Result.Number;
        }
        else
            await command.Empty(db);
        await db.Publish(
            new HandlingUnitMoved(command.Unit.CompanyId, command.Sscc, command.ToWarehouseId, command.ToBin, document)
        );
        return new Moved(await ShowHandlingUnit.One(db, command.Sscc), document);
    }

    private static Busy Changing(string sscc) =>
        new($"The unit {sscc} is being moved, or something put on it, at this moment. Nothing was written; try again.");

    private static Refused GivenUp(string sscc) =>
        new("handling_unit.dissolved", $"The unit {sscc} was dissolved. Begin it anew to use it.", new { Sscc = sscc });

    private static Refused Withheld(string sscc, HandlingUnit.Goods goods) =>
        new(
            "handling_unit.withheld",
            $"Not all that is on {sscc} is free, and what arrives would be. Move it at once, or take the rest off first.",
            new
            {
                Sscc = sscc,
                goods.ItemId,
                goods.Status,
            }
        );

    /// <summary>A unit as it was seen, with its goods, and where all of it goes.</summary>
    internal sealed record Command(HandlingUnit Unit, Guid ToWarehouseId, string ToBin, DateOnly Date, string? Reference)
        : IMovementCommand
    {
        internal required IReadOnlyList<HandlingUnit.Goods> Goods { get; init; }
        internal bool IsUnderWay { get; init; }
        internal bool Dissolves { get; init; }
        internal string Sscc => Unit.Sscc;

        /// <summary>Something changes its place in the books.</summary>
        internal bool Books => Goods.Any(one => one.Key != To(one));

        public Guid WarehouseId => Unit.WarehouseId;
        public MovementKind NumberedAs => MovementKind.Transfer;
        public IEnumerable<(DetailKey Key, bool Arrives)> Places =>
            Goods.SelectMany(one => new[] { (one.Key, false), (To(one), true) });

        public Verdict<Movement> Judge(StockAtHand stock)
        {
            if (!IsAsSeen(stock))
                throw Changing(Sscc);
            var company = stock.Companies[Unit.CompanyId];
            if (Periods.RefusalOf(stock.Periods, company.Id, Date) is { } closed)
                return closed;
            var lines = new List<MovementLine>(2 * Goods.Count);
            foreach (var one in Goods.Where(one => one.Key != To(one)))
                if (TransferStock.Bring(one.Key, To(one), one.OnHand, company, stock, lines) is { } refusal)
                    return refusal;
            return TransferStock.Book(this, Reference, company, lines, stock);
        }

        internal void Write(Db db) =>
            db.Later(
                $"""
                update inventory.handling_unit set warehouse_id = {ToWarehouseId}, bin = {ToBin}, moved_at = now(),
                    dissolved_at = case when {Dissolves} then now() end
                where sscc = {Sscc}
                """
            );

        /// <summary>Moves it where nothing is booked: held first, then seen to be as it was.</summary>
        internal async Task Empty(Db db)
        {
            var unit = HandlingUnit.Hold(db, [Sscc], passesOverHeld: false);
            var goods = HandlingUnit.GoodsOn(db, Unit.WarehouseId, Sscc);
            await db.Send();
            if (!IsAsSeen(unit.Rows.SingleOrDefault(), goods.Rows))
                throw Changing(Sscc);
            Write(db);
            await db.Send();
        }

        // What arrives is no longer under way.
        private DetailKey To(HandlingUnit.Goods goods) =>
            goods.Key with
            {
                WarehouseId = ToWarehouseId,
                Bin = Dissolves ? ToBin : Sscc,
                Status =
                    IsUnderWay ? StockStatus.Transit
                    : goods.Status == StockStatus.Transit ? StockStatus.Available
                    : goods.Status,
            };

        private bool IsAsSeen(StockAtHand stock) => IsAsSeen(stock.HandlingUnits.GetValueOrDefault(Sscc), stock.OnUnits[Sscc]);

        private bool IsAsSeen(HandlingUnit? unit, IEnumerable<HandlingUnit.Goods> goods) =>
            unit is not null && unit.Stands(Unit.WarehouseId) && unit.Bin == Unit.Bin && goods.SequenceEqual(Goods);
    }
}

/// <summary>A pallet or a box stands somewhere else, or is no longer one.</summary>
[EventType("HandlingUnitMoved", 1)]
public sealed record HandlingUnitMoved(Guid CompanyId, string Sscc, Guid WarehouseId, string Bin, string? Document) : IEvent
{
    public string Aggregate => $"unit/{Sscc}";
}
