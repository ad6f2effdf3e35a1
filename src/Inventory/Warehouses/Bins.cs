using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>The places within a warehouse: in which order they are filled and emptied, and whether one is closed.</summary>
public static class Bins
{
    public sealed record Bin(
        Guid WarehouseId,
        string Code,
        string Zone,
        int PutAwayOrder,
        int RemovalOrder,
        DateTime? ClosedAt,
        int Version
    );

    public sealed record NewBin(
        [Required, Text(40)] string Code,
        [Text(20, MayBeEmpty = true)] string? Zone = null,
        [Range(0, 1_000_000)] int PutAwayOrder = 0,
        [Range(0, 1_000_000)] int RemovalOrder = 0
    );

    public sealed record Request(
        [Range(0, 1_000_000)] int PutAwayOrder,
        [Range(0, 1_000_000)] int RemovalOrder,
        bool Closed,
        [Text(20, MayBeEmpty = true)] string? Zone = null
    );

    private static readonly Sql Row = $"warehouse_id, bin as code, zone, put_away_order, removal_order, closed_at, version";

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/warehouses/{id:guid}/bins", List)
            .Needs(InventoryPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("Bins of a warehouse by code");
        api.MapPost("/warehouses/{id:guid}/bins", Add)
            .Needs(InventoryPermissions.WriteWarehouses)
            .Once()
            .WithSummary("Add a bin to a warehouse");
        api.MapPut("/warehouses/{id:guid}/bins/{code}", Change)
            .Needs(InventoryPermissions.WriteWarehouses)
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change a bin, close or open it; If-Match names the version you have read");
    }

    public static async Task<Bin> Add(Db db, Guid id, NewBin request)
    {
        if (Sscc.LooksLike(request.Code))
            throw new Refused(
                "bin.sscc",
                $"{request.Code} is the number of a pallet or a box, not of a bin. Begin a handling unit with it.",
                new { request.Code }
            );
        await db.Execute(
            $"""
            insert into inventory.bin (tenant_id, warehouse_id, bin, zone, put_away_order, removal_order)
            select tenant_id, warehouse_id, {request.Code}, {request.Zone ?? ""}, {request.PutAwayOrder}, {request.RemovalOrder}
            from inventory.warehouse where warehouse_id = {id}
            on conflict do nothing
            """
        );
        return await One(db, id, request.Code) ?? throw Refused.Missing("warehouse", id);
    }

    private static async Task<Page<Bin>> List(Db db, PageOf page, Guid id)
    {
        var rows = await db.Query<Bin>(
            $"""
            select {Row} from inventory.bin where warehouse_id = {id} and bin > {page.Start<string>() ?? ""} and not is_unit
            order by bin limit {page.Limit + 1}
            """
        );
        // Each has its main bin.
        if (rows.Count == 0)
            await Known(db, id);
        return page.Cut(rows, row => row.Code);
    }

    private static async Task<Bin> Change(HttpContext http, Db db, Guid id, string code, Request request)
    {
        var expected = Versions.Expected(http);
        var changed = await db.Find<Bin>(
            $"""
            update inventory.bin set zone = {request.Zone ?? ""}, put_away_order = {request.PutAwayOrder},
                removal_order = {request.RemovalOrder}, version = version + 1,
                closed_at = case when {request.Closed} then coalesce(closed_at, now()) end
            where warehouse_id = {id} and bin = {code} and version = {expected} and not is_unit
            returning {Row}
            """
        );
        if (changed is null)
        {
            await Known(db, id);
            if (await One(db, id, code) is null)
                throw new Refused("bin.unknown", $"This warehouse has no bin {code}.", status: 404);
            throw Versions.Changed("bin");
        }
        Versions.Show(http, changed.Version);
        return changed;
    }

    private static Task<Bin?> One(Db db, Guid id, string code) =>
        db.Find<Bin>($"select {Row} from inventory.bin where warehouse_id = {id} and bin = {code} and not is_unit");

    private static async Task Known(Db db, Guid id)
    {
        if (await db.Find<Guid?>($"select warehouse_id from inventory.warehouse where warehouse_id = {id}") is null)
            throw Refused.Missing("warehouse", id);
    }
}
