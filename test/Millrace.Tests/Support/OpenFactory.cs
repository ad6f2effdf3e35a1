using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

/// <summary>
/// A factory with its API open: a database of its own, the program over it, and a machine that may do everything.
/// </summary>
public sealed class OpenFactory : IAsyncDisposable
{
    private OpenFactory(TestDatabase database, Factory factory, App app, ApiClient api) =>
        (Database, Factory, App, Api) = (database, factory, app, api);

    public TestDatabase Database { get; }

    public Factory Factory { get; }

    public App App { get; }

    public ApiClient Api { get; }

    public static async Task<OpenFactory> Start(
        Server server,
        bool work = false,
        LimitSettings? limits = null,
        Action<IServiceCollection>? with = null,
        int items = 3,
        Action<IEndpointRouteBuilder>? map = null
    )
    {
        var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs, items: items);
        var app = await App.Start(database.ConnectionString, work, limits: limits, with: with, map: map);
        return new OpenFactory(database, factory, app, await app.Authorize(await factory.AddClient("machine")));
    }

    /// <summary>The same machine with the same token, before another process of the program.</summary>
    public ApiClient At(App other)
    {
        var api = new ApiClient(other.Url);
        api.Http.DefaultRequestHeaders.Authorization = Api.Http.DefaultRequestHeaders.Authorization;
        return api;
    }

    /// <summary>The body of a receipt of one line.</summary>
    public object Goods(decimal quantity, Guid? item = null, Guid? warehouse = null, string? reference = null) =>
        new
        {
            WarehouseId = warehouse ?? Factory.Warehouse,
            Date = Factory.Today,
            Reference = reference,
            Lines = new[] { new { ItemId = item ?? Factory.Item, Quantity = quantity } },
        };

    public Task<Answer> Receive(decimal quantity, Guid? item = null, Guid? key = null) =>
        Api.Post("/api/v1/receipts", Goods(quantity, item), key);

    public Task<Answer> Issue(decimal quantity, Guid? item = null, string reason = "consumption", string? take = null) =>
        Api.Post(
            "/api/v1/issues",
            new
            {
                WarehouseId = Factory.Warehouse,
                Date = Factory.Today,
                Reason = reason,
                Lines = new[]
                {
                    new
                    {
                        ItemId = item ?? Factory.Item,
                        Quantity = quantity,
                        Take = take,
                    },
                },
            }
        );

    public Task<Answer> Reserve(string demand, decimal quantity, Guid? item = null) =>
        Api.Post("/api/v1/reservations", Demand(demand, (item ?? Factory.Item, quantity)));

    public object Demand(string demand, params (Guid Item, decimal Quantity)[] lines) => Demand(Factory, demand, lines);

    public static object Demand(Factory factory, string demand, params (Guid Item, decimal Quantity)[] lines) =>
        new
        {
            CompanyId = factory.Company,
            Demand = demand,
            Lines = lines.Select(one => new
            {
                ItemId = one.Item,
                WarehouseId = factory.Warehouse,
                one.Quantity,
            }),
        };

    /// <summary>The body of a stock adjustment of one line, not submitted.</summary>
    public object Difference(decimal difference) =>
        new
        {
            CompanyId = Factory.Company,
            Date = Factory.Today,
            Lines = new[]
            {
                new
                {
                    ItemId = Factory.Item,
                    WarehouseId = Factory.Warehouse,
                    Difference = difference,
                    Reason = "found",
                },
            },
        };

    /// <summary>Stock that the test needs before it begins.</summary>
    public async Task Stock(decimal quantity, Guid? item = null) =>
        Assert.Equal(HttpStatusCode.Created, (await Receive(quantity, item)).Status);

    /// <summary>What stands in the database, read past every wall.</summary>
    public Task<long> Count(string what) => Database.Superuser<long>($"select count(*) from {what}");

    /// <summary>Somebody else at work on every balance, until the session is disposed of.</summary>
    public Task<NpgsqlConnection> HoldBalances() => Hold("inventory.balance");

    /// <summary>Somebody else at work on these rows, until the session is disposed of.</summary>
    public Task<NpgsqlConnection> Hold(string rows) => Begin($"select 1 from {rows} for update");

    /// <summary>A table that nobody can read, until the session is disposed of.</summary>
    public Task<NpgsqlConnection> HoldTable(string table) => Begin($"lock table {table}");

    private async Task<NpgsqlConnection> Begin(string statement)
    {
        var other = await Database.OpenAsSuperuser();
        await using var begin = new NpgsqlCommand($"begin; {statement}", other);
        await begin.ExecuteNonQueryAsync();
        return other;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await App.DisposeAsync();
        await Database.DisposeAsync();
    }
}
