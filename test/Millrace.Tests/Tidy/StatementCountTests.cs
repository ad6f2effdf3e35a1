using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Catalog;
using Millrace.Company;
using Millrace.Identity;
using Millrace.Inventory;
using Millrace.Kernel;
using Millrace.Work;
using Npgsql;

namespace Millrace.Tests;

public sealed class StatementCountTests(Server server)
{
    // Lists whose length does not come from what callers write.
    private static readonly string[] Fixed =
    [
        "GET /api/v1/companies/{companyId:guid}/periods",
        "GET /api/v1/companies/{companyId:guid}/accounts",
        "GET /api/v1/companies/{companyId:guid}/posting-rules",
        "GET /api/v1/companies/{companyId:guid}/trial-balance",
    ];

    [Fact]
    public async Task A_list_of_50_rows_takes_no_more_statements_than_one_of_2()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs, items: 2);
        await using var app = await App.Start(database.ConnectionString, work: false, with: Remembering);
        using var client = await app.Authorize(await factory.AddClient("machine"));
        var lists = Surface
            .Of(app.Services)
            .Where(one => one.Method == "GET" && (one.TakesPage || Fixed.Contains(one.Name)))
            .ToList();
        Assert.True(lists.Count >= 12, $"Only {lists.Count} lists were found.");

        await Fill(database, factory, from: 1, to: 1);
        var few = await Read(database, factory, client, lists);
        await Fill(database, factory, from: 2, to: 50);
        var many = await Read(database, factory, client, lists);

        foreach (var list in lists)
        {
            Assert.Equal((list.Name, few[list.Name].Statements), (list.Name, many[list.Name].Statements));
            Assert.True(few[list.Name].Statements > 0, $"{list.Name}: no statement was counted.");
            if (!Fixed.Contains(list.Name))
                Assert.True(
                    few[list.Name].Rows <= 4 && many[list.Name].Rows >= 50,
                    $"{list.Name}: {few[list.Name]}, {many[list.Name]}"
                );
        }
    }

    [Theory]
    [InlineData(
        "receipts",
        """{"warehouseId":"{warehouse}","date":"{today}","lines":[@]}""",
        """{"itemId":"{item}","quantity":"2"}"""
    )]
    [InlineData(
        "issues",
        """{"warehouseId":"{warehouse}","date":"{today}","reason":"sale","lines":[@]}""",
        """{"itemId":"{item}","quantity":"1"}"""
    )]
    [InlineData(
        "transfers",
        """{"warehouseId":"{warehouse}","toWarehouseId":"{warehouse}","date":"{today}","lines":[@]}""",
        """{"itemId":"{item}","quantity":"1","toStatus":"blocked"}"""
    )]
    [InlineData(
        "reservations",
        """{"companyId":"{company}","demand":"{fresh}","lines":[@]}""",
        """{"itemId":"{item}","warehouseId":"{warehouse}","quantity":"1"}"""
    )]
    [InlineData(
        "reservations",
        """{"companyId":"{company}","demand":"{fresh}","neededOn":"{today}","lines":[@]}""",
        """{"itemId":"{item}","warehouseId":"{warehouse}","quantity":"1"}"""
    )]
    public async Task A_document_of_50_lines_takes_no_more_statements_than_one_of_2(string verb, string body, string line)
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs, items: 50);
        await using (var db = factory.Open())
        {
            ReceiveStock.Request all = new(
                factory.Warehouse,
                Factory.Today,
                [.. factory.Items.Select(item => new MoveStock.Line(item, 1000))]
            );
            _ = (await ReceiveStock.Run(db, [all]))[0].Result;
            await db.Commit();
        }
        await using var app = await App.Start(database.ConnectionString, work: false, with: Remembering);
        using var client = await app.Authorize(await factory.AddClient("machine"));

        async Task<int> Count(int lines)
        {
            var items = factory
                .Items.Take(lines)
                .Select(item => line.Replace("{item}", item.ToString(), StringComparison.Ordinal));
            var call = new Call(
                HttpMethod.Post,
                $"/api/v1/{verb}",
                body.Replace("@", string.Join(',', items), StringComparison.Ordinal)
            );
            using var counter = new Counter(database);
            var answer = await call.Filled(name =>
                    name switch
                    {
                        "warehouse" => factory.Warehouse.ToString(),
                        "company" => factory.Company.ToString(),
                        "today" => FormattableString.Invariant($"{Factory.Today:yyyy-MM-dd}"),
                        _ => Guid.CreateVersion7().ToString(),
                    }
                )
                .Send(client);
            Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
            return counter.Statements;
        }

        await Count(1); // the first request of all reads the keys
        Assert.Equal(await Count(2), await Count(50));
    }

    private static async Task<Dictionary<string, (int Statements, int Rows)>> Read(
        TestDatabase database,
        Factory factory,
        ApiClient client,
        IReadOnlyList<Surface> lists
    )
    {
        var read = new Dictionary<string, (int, int)>();
        foreach (var list in lists)
        {
            var of = list.Name.Contains("/warehouses/", StringComparison.Ordinal) ? factory.Warehouse : factory.Company;
            var path = $"{list.Path(_ => of.ToString())}?companyId={factory.Company}&limit=200";
            path += $"&entity=catalog.item&key={factory.Item}";
            if (list.Name == "GET /api/v1/audit")
                path += "&filter=entity:is:catalog.item";
            await client.Get(path);
            using var counter = new Counter(database);
            var answer = await client.Get(path);
            Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Text}");
            var rows = answer.Json.TryGetProperty("items", out var items) ? items : answer.Json.GetProperty("rows");
            read[list.Name] = (counter.Statements, rows.GetArrayLength());
        }
        return read;
    }

    // One of everything a list shows per round; vouchers come from the program's own work.
    private static async Task Fill(TestDatabase database, Factory factory, int from, int to)
    {
        await using (var db = factory.Open())
        {
            for (var at = from; at <= to; at++)
            {
                var item = await CreateItem.Run(db, new CreateItem.Request($"N-{at:000}", $"Item {at}", ItemKind.Raw, "pcs"));
                await ChangeCost.Run(db, item.Id, factory.Company, 3m);
                await Warehouses.Create(db, new Warehouses.Request(factory.Company, $"N-{at:000}", $"Warehouse {at}"));
                await Bins.Add(db, factory.Warehouse, new Bins.NewBin($"N-{at:000}"));
                await MakeHandlingUnit.Run(db, new(factory.Warehouse, Warehouses.MainBin, Sscc.Of("8690123", at)));
                ReceiveStock.Request receipt = new(factory.Warehouse, Factory.Today, [new MoveStock.Line(item.Id, 5)]);
                _ = (await ReceiveStock.Run(db, [receipt]))[0].Result;
                ReserveStock.Request reserve = new(
                    factory.Company,
                    $"N-{at}",
                    [new ReserveStock.Line(item.Id, factory.Warehouse, 1)]
                );
                _ = (await ReserveStock.Run(db, [reserve]))[0].Result;
                await ExpectSupply.Run(db, new(factory.Company, item.Id, factory.Warehouse, $"N-{at}", Factory.Today, 5));
                await CreateCompany.Run(
                    db,
                    new CreateCompany.Request($"N-{at:000}", $"Company {at}", "TR", "TRY", 2, "Europe/Istanbul"),
                    TimeProvider.System
                );
                await Mails.Queue(db, new OutgoingMail("a@b.example", "t", "en", new Dictionary<string, string>()));
                await db.Enqueue(new Millrace.CrashHost.ProbedJob($"{at}"));
                await IdentitySample.Add(db, factory.Company, $"N-{at:000}");
                await DraftAdjustment.Create(
                    db,
                    new(factory.Company, Factory.Today, [new(item.Id, factory.Warehouse, 1, "count")])
                );
                await Tasks.Create(db, new($"Task {at}"));
                await SavePartner.Create(db, new($"N-{at:000}", new Partner.Fields($"Partner {at}", true, false, "TR")));
                await AddImport(db, factory, at);
                await db.Execute($"update catalog.item set name = {$"Renamed {at}"} where item_id = {factory.Item}");
                await db.Execute(
                    $"""
                    insert into kernel.parked (tenant_id, consumer, pos, event_day, event_id, type, aggregate, error, attempts)
                    values ({factory.Tenant}, 'c', {at}, {Factory.Today}, {at}, 't', 'a', 'e', 1)
                    """
                );
            }
            await db.Commit();
        }
        await using (var own = database.Dbs.Open(DbScope.ForTenant(0)))
        {
            for (var at = from; at <= to; at++)
                await own.Enqueue(new Millrace.CrashHost.ProbedJob($"{at}"));
            await own.Commit();
        }
        await database.PostVouchers();
    }

    // The first one stands under the id of the company, with which every address is asked that takes an id.
    private static async Task AddImport(Db db, Factory factory, int at)
    {
        await db.Execute(
            $"""
            insert into kernel.import (tenant_id, import_id, kind, name, form, head, mapping, created_by)
            values ({factory.Tenant}, {(at == 1 ? factory.Company : Guid.CreateVersion7())}, 'items', 'f.csv',
                jsonb_build_object(), jsonb_build_array(), jsonb_build_object(), {db.Scope.Actor})
            """
        );
        await db.Execute(
            $"""
            insert into kernel.import_fault (tenant_id, import_id, row_no, fault_no, field, value, code, message)
            values ({factory.Tenant}, {factory.Company}, {at}, 1, 'code', 'v', 'rule', 'm')
            """
        );
    }

    // Looking for changed rights goes by the clock and would be counted now and then.
    private static void Remembering(IServiceCollection services) =>
        services.AddSingleton(new AccessTimes(TimeSpan.FromHours(1), TimeSpan.FromHours(1)));

    /// <summary>Counts the round trips of this process to one database, as Npgsql itself reports them.</summary>
    private sealed class Counter : IDisposable
    {
        private readonly ConcurrentBag<Activity> _seen = [];
        private readonly ActivityListener _listener;
        private readonly string _database;

        internal Counter(TestDatabase database)
        {
            _database = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = _seen.Add,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        internal int Statements => _seen.Count(one => one.TagObjects.Any(tag => tag.Value as string == _database));

        public void Dispose() => _listener.Dispose();
    }
}
