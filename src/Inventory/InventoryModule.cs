using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;
using Millrace.Work;

namespace Millrace.Inventory;

/// <summary>Warehouses, what is in them, what of it is promised, and every movement.</summary>
public static class InventoryModule
{
    public static void AddInventory(this IServiceCollection services)
    {
        services.AddValidation();
        services.AddGroupCommit<IStockCommand>("stock", StockBook.Run, Bookings.Twins);
        services.DeclarePermission(InventoryPermissions.Read, "See stock, movements and reservations");
        services.DeclarePermission(InventoryPermissions.WriteWarehouses, "Create warehouses and bins");
        services.DeclarePermission(InventoryPermissions.Receive, "Receive goods");
        services.DeclarePermission(InventoryPermissions.Issue, "Issue goods");
        services.DeclarePermission(
            InventoryPermissions.Transfer,
            "Bring goods and handling units to another place, change their status"
        );
        services.DeclarePermission(InventoryPermissions.Reverse, "Take receipts, issues, transfers and adjustments back");
        services.DeclarePermission(InventoryPermissions.Reserve, "Reserve stock and release reservations");
        services.DeclarePermission(InventoryPermissions.Expect, "Say what is on its way");
        services.DeclarePermission(InventoryPermissions.Send, "Send stock lists by mail");
        services.DeclareAudited(
            InventoryPermissions.Read,
            "inventory.warehouse",
            "inventory.bin",
            "inventory.handling_unit",
            "inventory.sscc_prefix",
            "inventory.reservation",
            "inventory.expected",
            "inventory.adjustment",
            "inventory.adjustment_line",
            "inventory.opening"
        );
        services.DeclarePermission(InventoryPermissions.Open, "Import opening stock with first costs, posted without approval");
        services.DeclareImport(ImportOpening.Kind);
        services.DeclareList(ListStock.List, InventoryPermissions.Read);
        services.DeclareList(ListPlaces.List, InventoryPermissions.Read);
        services.DeclareList(ListHandlingUnits.List, InventoryPermissions.Read);
        services.DeclareList(ListReservations.List, InventoryPermissions.Read);
        services.DeclareList(ListExpected.List, InventoryPermissions.Read);
        services.DeclareList(ListMovements.List, InventoryPermissions.Read);
        services.DeclareList(ListAdjustments.List, InventoryPermissions.Read);
        services.DeclareStart(StockAtStart.Drafts);
        services.DeclareStart(StockAtStart.Waiting);
        services.DeclareStart(StockAtStart.Short);
        services.DeclareStart(StockAtStart.Late);
        services.DeclareStart(StockAtStart.Moved);
        services.AddMailTemplate(PrintStock.MailTemplate);
        services.DeclarePermission(InventoryPermissions.Adjust, "Write, submit and withdraw stock adjustments");
        services.DeclareDocument(
            new DocumentType(Adjustments.DocumentType, InventoryPermissions.Read, Adjustments.Card)
            {
                ChangedWith = InventoryPermissions.Adjust,
            }
        );
        services.DeclareApprovals(
            new ApprovalSubject(Adjustments.DocumentType, Amounts: ["amount", "gain", "loss"], Words: ["category", "reason"])
        );
        services.AddJob<CloseStockDays>((scope, run, _) => CloseStockDays.Run(scope.GetRequiredService<Dbs>(), run.Stop));
        services.AddSchedule(new Schedule("inventory.close-days", "5 * * * *", new CloseStockDays()));
        services.AddJob<ReleaseExpired.Job>((_, run, job) => ReleaseExpired.Run(run, job));
        DeclareEvents(services);
        DeclareInvariants(services);
    }

    public static void MapInventory(this IEndpointRouteBuilder api)
    {
        Warehouses.Map(api);
        Bins.Map(api);
        SsccPrefix.Map(api);
        MakeHandlingUnit.Map(api);
        ListHandlingUnits.Map(api);
        ShowHandlingUnit.Map(api);
        MoveHandlingUnit.Map(api);
        PrintPalletLabel.Map(api);
        ListStock.Map(api);
        ListPlaces.Map(api);
        StockOverTime.Map(api);
        StockAtMoment.Map(api);
        WhereIsItem.Map(api);
        TraceLot.Map(api);
        PrintStock.Map(api);
        PrintLabels.Map(api);
        ListMovements.Map(api);
        ReceiveStock.Map(api);
        IssueStock.Map(api);
        TransferStock.Map(api);
        ReverseDocument.Map(api);
        ReserveStock.Map(api);
        ReleaseStock.Map(api);
        ListReservations.Map(api);
        ExpectSupply.Map(api);
        ListExpected.Map(api);
        AvailableByDate.Map(api);
        ListAdjustments.Map(api);
        PrintAdjustment.Map(api);
        DraftAdjustment.Map(api);
        SubmitAdjustment.Map(api);
        DecideAdjustment.Map(api);
        WithdrawAdjustment.Map(api);
    }

    private static void DeclareInvariants(IServiceCollection services) =>
        services.DeclareInvariants(
            Holds("balance_equals_movements"),
            Holds("balance_equals_detail"),
            Holds("reserved_equals_open_reservations"),
            Holds("nobody_waits_beside_stock"),
            Holds("expected_equals_movements"),
            Holds("promised_supply_adds_up"),
            Holds("never_negative"),
            Holds("pins_are_held"),
            Holds("goods_are_where_their_unit_is"),
            Holds("documents_without_gaps"),
            Holds("reversed_once_and_wholly"),
            Holds("pieces_are_somewhere"),
            Holds("stock_days_equal_movements"),
            Holds("adjustments_without_gaps"),
            Holds("adjustments_are_what_they_say"),
            Holds("opening_is_posted")
        );

    private static void DeclareEvents(IServiceCollection services)
    {
        services.DeclareEvent<StockReceived>(seenWith: InventoryPermissions.Read);
        services.DeclareEvent<StockIssued>(seenWith: InventoryPermissions.Read);
        services.DeclareEvent<StockTransferred>(seenWith: InventoryPermissions.Read);
        services.DeclareEvent<HandlingUnitMoved>(seenWith: InventoryPermissions.Read);
        services.DeclareEvent<StockReversed>(seenWith: InventoryPermissions.Read);
        services.DeclareEvent<StockAdjusted>(seenWith: InventoryPermissions.Read);
        services.DeclareEvent<StockReserved>(seenWith: InventoryPermissions.Read);
        services.DeclareEvent<StockReleased>(seenWith: InventoryPermissions.Read);
        services.DeclareEvent<StockServed>(seenWith: InventoryPermissions.Read);
        services.DeclareEvent<StockTaken>(seenWith: InventoryPermissions.Read);
        services.DeclareEvent<SupplyExpected>(seenWith: InventoryPermissions.Read);
    }

    private static Invariant Holds(string name) =>
        new($"inventory.{name}", SqlFile.In<Marker>($"Inventory/Verification/{name}.sql"));

    private sealed class Marker;
}

public static class InventoryPermissions
{
    public const string Read = "inventory.stock.read";
    public const string Send = "inventory.stock.send";
    public const string WriteWarehouses = "inventory.warehouse.write";
    public const string Receive = "inventory.receive";
    public const string Issue = "inventory.issue";
    public const string Transfer = "inventory.transfer";
    public const string Reverse = "inventory.reverse";
    public const string Reserve = "inventory.reserve";
    public const string Expect = "inventory.expect";
    public const string Open = "inventory.opening";
    public const string Adjust = "inventory.adjust";
}
