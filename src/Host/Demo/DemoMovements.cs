using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Host.Demo;

/// <summary>Six months of receipts, issues and some reservations, day by day; never more goes out than came in.</summary>
internal sealed class DemoMovements(
    Dbs dbs,
    int tenant,
    Guid companyId,
    IReadOnlyList<Guid> warehouses,
    IReadOnlyList<(DemoItem Item, Guid Id)> catalog,
    DateOnly today,
    uint seed
)
{
    private const int Days = 180;
    private const int LinesPerDocument = 4;
    private const int MostOrders = 12;
    private readonly Dictionary<(int Item, int Warehouse), decimal> _free = [];
    private uint _state = seed;

    /// <summary>What is left afterwards and promised to nobody: the reservations take from the first ones.</summary>
    internal async Task<IReadOnlyList<DemoWork.Free>> Run(int movements)
    {
        var done = 0;
        for (var day = 0; day <= Days; day++)
        {
            var target = movements * (day + 1) / (Days + 1);
            var date = today.AddDays(day - Days);
            var receipts = new List<ReceiveStock.Request>();
            var issues = new List<IssueStock.Request>();
            while (done < target)
            {
                var lines = Math.Min(LinesPerDocument, target - done);
                if (Next(100) < 45 || Issue(date, lines) is not { } issue)
                    receipts.Add(Receive(date, lines));
                else
                    issues.Add(issue);
                done += lines;
            }
            await using var db = dbs.Open(DbScope.ForTenant(tenant, request: "demo"));
            foreach (var verdict in await ReceiveStock.Run(db, receipts))
                _ = verdict.Result;
            foreach (var verdict in issues.Count == 0 ? [] : await IssueStock.Run(db, issues))
                _ = verdict.Result;
            await db.Commit();
        }
        await Transfer();
        await Reserve();
        return
        [
            .. _free
                .Where(one => one.Value >= 4)
                .OrderBy(one => one.Key)
                .Skip(MostOrders * 3)
                .Select(one => new DemoWork.Free(
                    catalog[one.Key.Item].Id,
                    warehouses[one.Key.Warehouse],
                    one.Value,
                    catalog[one.Key.Item].Item.Cost
                )),
        ];
    }

    private ReceiveStock.Request Receive(DateOnly date, int lines)
    {
        var warehouse = Next(warehouses.Count);
        return new ReceiveStock.Request(
            warehouses[warehouse],
            date,
            [
                .. Enumerable
                    .Range(0, lines)
                    .Select(_ => Next(catalog.Count))
                    .Select(item =>
                    {
                        var quantity = catalog[item].Item.Lot * (1m + Next(4));
                        _free[(item, warehouse)] = _free.GetValueOrDefault((item, warehouse)) + quantity;
                        return new MoveStock.Line(catalog[item].Id, quantity);
                    }),
            ],
            $"WB-{date:yyMMdd}-{Next(900) + 100}"
        );
    }

    // Receipts of a day are written before its issues, so what was drawn up to here is there.
    private IssueStock.Request? Issue(DateOnly date, int lines)
    {
        var warehouse = Next(warehouses.Count);
        var stocked = _free
            .Where(one => one.Key.Warehouse == warehouse && one.Value > 0)
            .Select(one => one.Key.Item)
            .Order()
            .ToList();
        if (stocked.Count < lines)
            return null;
        var from = Next(stocked.Count);
        var chosen = Enumerable.Range(0, lines).Select(at => stocked[(from + at) % stocked.Count]).ToList();
        var finished = catalog[chosen[0]].Item.Kind is "finished" or "goods";
        return new IssueStock.Request(
            warehouses[warehouse],
            date,
            finished ? "sale"
                : Next(40) == 0 ? "scrap"
                : "consumption",
            [
                .. chosen.Select(item =>
                {
                    var free = _free[(item, warehouse)];
                    var quantity = Math.Min(free, Math.Max(1, decimal.Floor(free * (Next(50) + 20) / 100)));
                    _free[(item, warehouse)] = free - quantity;
                    return new MoveStock.Line(catalog[item].Id, quantity);
                }),
            ],
            $"{(finished ? "SO" : "WO")}-{Next(9000) + 1000}"
        );
    }

    // Some goods wait for the inspector, some are blocked, some went to the other warehouse or are on their way there, and one
    // way was taken back.
    private async Task Transfer()
    {
        string?[] becomes =
            warehouses.Count == 1
                ? [StockStatus.Quality, StockStatus.Blocked]
                : [StockStatus.Quality, StockStatus.Blocked, null, StockStatus.Transit];
        var stocked = _free.Where(one => one.Value >= 8).OrderByDescending(one => one.Value).Take(3 * becomes.Length).ToList();
        var requests = stocked.Select((one, at) => Way(one.Key, decimal.Floor(one.Value / 4), becomes[at % becomes.Length]));
        await using var db = dbs.Open(DbScope.ForTenant(tenant, request: "demo"));
        var made = (await TransferStock.Run(db, [.. requests])).Select(one => one.Result.Number).ToList();
        await db.Commit();
        if (made is not [_, var mistaken, ..])
            return;
        await using var back = dbs.Open(DbScope.ForTenant(tenant, request: "demo"));
        await ReverseDocument.Run(back, new ReverseDocument.Request(companyId, mistaken, today));
        await back.Commit();
    }

    private TransferStock.Request Way((int Item, int Warehouse) place, decimal quantity, string? becomes)
    {
        var leaves = becomes is null or StockStatus.Transit;
        var to = leaves ? (place.Warehouse + 1) % warehouses.Count : place.Warehouse;
        _free[place] -= quantity;
        return new TransferStock.Request(
            warehouses[place.Warehouse],
            warehouses[to],
            today,
            [new TransferStock.Line(catalog[place.Item].Id, quantity, ToStatus: becomes)],
            leaves ? $"TR-{Next(900) + 100}" : $"QC-{Next(900) + 100}"
        );
    }

    private async Task Reserve()
    {
        var stocked = _free.Where(one => one.Value >= 4).OrderBy(one => one.Key).ToList();
        var requests = new List<ReserveStock.Request>();
        for (var order = 0; order < Math.Min(MostOrders, stocked.Count / 3); order++)
        {
            var lines = stocked.Skip(order * 3).Take(1 + Next(3)).ToList();
            requests.Add(
                new ReserveStock.Request(
                    companyId,
                    $"SO-{today:yy}{order + 101:0000}",
                    [
                        .. lines.Select(one => new ReserveStock.Line(
                            catalog[one.Key.Item].Id,
                            warehouses[one.Key.Warehouse],
                            decimal.Floor(one.Value / 4)
                        )),
                    ]
                )
            );
        }
        requests.AddRange(Waiting(stocked));
        await using var db = dbs.Open(DbScope.ForTenant(tenant, request: "demo"));
        foreach (var verdict in await ReserveStock.Run(db, requests))
            _ = verdict.Result;
        await db.Commit();
    }

    /// <summary>Two who want more than there is: one urgently, one that gives up after two weeks.</summary>
    private IEnumerable<ReserveStock.Request> Waiting(IReadOnlyList<KeyValuePair<(int Item, int Warehouse), decimal>> stocked) =>
        stocked
            .TakeLast(2)
            .Select(
                (one, at) =>
                    new ReserveStock.Request(
                        companyId,
                        $"SO-{today:yy}{at + 901:0000}",
                        [new(catalog[one.Key.Item].Id, warehouses[one.Key.Warehouse], decimal.Floor(one.Value) + 12)],
                        WhenShort: "wait",
                        Priority: at == 0 ? 1 : 5,
                        HeldUntil: at == 0 ? null : today.AddDays(14)
                    )
            );

    // A small generator of our own (Numerical Recipes' constants), so that the demo is the same on every machine and runtime.
    private int Next(int below)
    {
        _state = unchecked((_state * 1664525) + 1013904223);
        return (int)((ulong)_state * (uint)below >> 32);
    }
}
