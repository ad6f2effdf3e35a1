using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// A pallet or a box begins in a bin: under the number that is on it, or under the next one of the company. A number that was
/// given up may come back.
/// </summary>
public static class MakeHandlingUnit
{
    // Numbers typed in by hand may lie in the way of the next ones.
    private const int MostTries = 20;

    public sealed record Request(Guid WarehouseId, [Required, Text(40)] string Bin, [Text(18)] string? Sscc = null);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/handling-units",
                async Task<Created<ShowHandlingUnit.Unit>> (Db db, Request request) =>
                    TypedResults.Created((string?)null, await Run(db, request))
            )
            .Needs(InventoryPermissions.Transfer)
            .Once()
            .WithSummary("Begin a handling unit in a bin");

    public static async Task<ShowHandlingUnit.Unit> Run(Db db, Request request)
    {
        if (request.Sscc is { } asked && Sscc.RefusalOf(asked) is { } wrong)
            throw wrong;
        var place = await UnitPlace.Of(db, request.WarehouseId, request.Bin);
        if (request.Sscc is { } given)
            return await Put(db, given, place)
                ? await ShowHandlingUnit.One(db, given)
                : throw new Refused(
                    "handling_unit.known",
                    $"The unit {given} is in use already. Look it up, or check the number.",
                    new { Sscc = given }
                );
        for (var tries = 0; tries < MostTries; tries++)
        {
            var next = await SsccPrefix.Next(db, place.CompanyId);
            if (await Put(db, next, place))
                return await ShowHandlingUnit.One(db, next);
        }
        throw new Busy($"The next {MostTries} numbers of this company are in use already. Try again for the ones after them.");
    }

    private static async Task<bool> Put(Db db, string sscc, UnitPlace place)
    {
        await UnitPlace.MakeBin(db, place.WarehouseId, sscc);
        return await db.Execute(
                $"""
                insert into inventory.handling_unit as u (tenant_id, sscc, company_id, warehouse_id, bin)
                values ({db.Scope.Tenant}, {sscc}, {place.CompanyId}, {place.WarehouseId}, {place.Bin})
                on conflict (tenant_id, sscc) do update set company_id = excluded.company_id,
                    warehouse_id = excluded.warehouse_id, bin = excluded.bin, moved_at = now(), dissolved_at = null
                where u.dissolved_at is not null
                """
            ) > 0;
    }
}

/// <summary>Where a unit may stand: an open bin of a warehouse that is in use.</summary>
internal sealed record UnitPlace(Guid WarehouseId, Guid CompanyId, string WarehouseCode, string Bin, bool IsClosed, bool IsUnit)
{
    internal static async Task<UnitPlace> Of(Db db, Guid warehouse, string bin)
    {
        var place =
            await db.Find<UnitPlace>(
                $"""
                select w.warehouse_id, w.company_id, w.code as warehouse_code, coalesce(b.bin, '') as bin,
                    b.closed_at is not null as is_closed, coalesce(b.is_unit, false) as is_unit
                from inventory.warehouse w
                left join inventory.bin b on b.warehouse_id = w.warehouse_id and b.bin = {bin}
                where w.warehouse_id = {warehouse} and w.retired_at is null
                """
            ) ?? throw Refused.Missing("warehouse", warehouse);
        if (place.Bin == "")
            throw MovementJudge.UnknownBin(place.WarehouseCode, bin);
        if (place.IsUnit)
            throw new Refused("handling_unit.on_unit", $"{bin} is a unit itself. Say in which bin this one stands.", new { bin });
        return place.IsClosed ? throw MovementJudge.ClosedBin(place.WarehouseCode, bin) : place;
    }

    /// <summary>Goods on the unit lie in a bin of its name, in each warehouse where it ever was.</summary>
    internal static Task MakeBin(Db db, Guid warehouse, string sscc) =>
        db.Execute(
            $"""
            insert into inventory.bin (tenant_id, warehouse_id, bin, is_unit)
            values ({db.Scope.Tenant}, {warehouse}, {sscc}, true) on conflict do nothing
            """
        );
}
