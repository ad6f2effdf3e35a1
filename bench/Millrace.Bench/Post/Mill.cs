using System.Text.Json;
using Millrace.Accounting;
using Millrace.Catalog;
using Millrace.Company;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>A tenant with one company that has books, a warehouse and items with a cost.</summary>
internal sealed record Mill(int Tenant, Guid Company, Guid Warehouse, IReadOnlyList<Guid> Items)
{
    private const int ItemCount = 50;

    internal static readonly DateOnly Today = CompanyClock.Today("Europe/Istanbul", TimeProvider.System);

    internal static async Task<IReadOnlyList<Mill>> Make(Dbs dbs, int count)
    {
        var mills = new List<Mill>();
        while (mills.Count < count)
            mills.Add(await Make(dbs, $"Mill {mills.Count + 1}"));
        return mills;
    }

    internal static async Task Save(IReadOnlyList<Mill> mills, string file) =>
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(mills));

    internal static async Task<IReadOnlyList<Mill>> Load(string file) =>
        JsonSerializer.Deserialize<Mill[]>(await File.ReadAllTextAsync(file))!;

    /// <summary>Receives so many documents in one transaction, as a batch of requests, and says their numbers.</summary>
    internal async Task<IReadOnlyList<string>> Receive(Dbs dbs, int first, int documents, int lines)
    {
        var requests = Enumerable
            .Range(first, documents)
            .Select(number => new ReceiveStock.Request(
                Warehouse,
                Today,
                [.. Enumerable.Range(0, lines).Select(at => new MoveStock.Line(Items[((number * 7) + at) % ItemCount], 1 + at))]
            ))
            .ToList();
        await using var db = dbs.Open(DbScope.ForTenant(Tenant, request: "bench"));
        var verdicts = await ReceiveStock.Run(db, requests);
        await db.Commit();
        return [.. verdicts.Select(one => one.Result.Number)];
    }

    /// <summary>Receives so many of one of its items.</summary>
    internal async Task Stock(Dbs dbs, int item, decimal quantity)
    {
        await using var db = dbs.Open(DbScope.ForTenant(Tenant, request: "bench"));
        var receipt = new ReceiveStock.Request(Warehouse, Today, [new MoveStock.Line(Items[item], quantity)]);
        _ = (await ReceiveStock.Run(db, [receipt]))[0].Result;
        await db.Commit();
    }

    private static async Task<Mill> Make(Dbs dbs, string name)
    {
        var tenant = await CreateTenant.Run(dbs, name);
        await using var db = dbs.Open(DbScope.ForTenant(tenant));
        var company = await CreateCompany.Run(
            db,
            new CreateCompany.Request("C1", name, "TR", "TRY", 2, "Europe/Istanbul"),
            TimeProvider.System
        );
        await OpenBooks.Run(db, company);
        var warehouse = await Warehouses.Create(db, new Warehouses.Request(company, "W1", "Main"));
        var items = new List<Guid>();
        for (var at = 1; at <= ItemCount; at++)
        {
            var kind = at % 2 == 0 ? ItemKind.Raw : ItemKind.Finished;
            var item = await CreateItem.Run(db, new CreateItem.Request($"IT-{at:000}", $"Item {at}", kind, "pcs"));
            await ChangeCost.Run(db, item.Id, company, 10m + at);
            items.Add(item.Id);
        }
        await db.Commit();
        return new Mill(tenant, company, warehouse.Id, items);
    }
}
