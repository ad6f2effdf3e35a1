using System.Net;
using Millrace.Inventory;

namespace Millrace.Tests;

public sealed class ReceiveStockTests(Server server)
{
    [Fact]
    public async Task Adds_every_line_at_the_cost_in_force_and_says_so_once_in_the_log()
    {
        await using var open = await OpenFactory.Start(server);

        var answer = await open.Api.Post("/api/v1/receipts", TwoLines(open, open.Factory.Items[1]));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var document = answer.Json;
        Assert.Equal(
            ($"GR-{Factory.Today.Year}-000001", "TRY", "45"),
            (
                document.GetProperty("number").GetString(),
                document.GetProperty("currency").GetString(),
                document.GetProperty("total").GetString()
            )
        );
        Assert.Equal(
            ["2.5 x 10 = 25", "1 x 20 = 20"],
            document
                .GetProperty("lines")
                .EnumerateArray()
                .Select(line => $"{line.GetProperty("quantity")} x {line.GetProperty("unitCost")} = {line.GetProperty("amount")}")
        );
        Assert.Equal(2.5m, await OnHand(open, open.Factory.Items[0]));
        Assert.Equal(1m, await OnHand(open, open.Factory.Items[1]));
        Assert.Equal(1, await open.Count($"kernel.event where type = 'StockReceived' and tenant_id = {open.Factory.Tenant}"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Each_refusal_writes_nothing_and_takes_no_number()
    {
        await using var open = await OpenFactory.Start(server);
        var (factory, foreign) = (open.Factory, await Factory.Make(open.Database.Dbs, "Foreign"));
        var bare = await open.Api.Post(
            "/api/v1/items",
            new
            {
                Code = "BARE",
                Name = "No cost",
                Kind = "raw",
                Unit = "pcs",
            }
        );
        await open.Api.Post($"/api/v1/items/{factory.Items[2]}/retirement");
        await open.Api.Post($"/api/v1/companies/{factory.Company}/periods/{Factory.Today.Year - 1}-01/closing");

        Answer[] refused =
        [
            await Receive(warehouse: Guid.CreateVersion7()),
            await Receive(warehouse: foreign.Warehouse),
            await Receive(item: Guid.CreateVersion7()),
            await Receive(item: foreign.Item),
            await Receive(bin: "NOWHERE"),
            await Receive(item: factory.Items[2]),
            await Receive(item: bare.Json.GetProperty("id").GetGuid()),
            await Receive(date: new DateOnly(Factory.Today.Year - 1, 1, 31)),
            await Receive(date: new DateOnly(Factory.Today.Year + 2, 1, 1)),
        ];

        Assert.Equal(
            """
            404 not_found
            404 not_found
            404 not_found
            404 not_found
            404 bin.unknown
            409 item.retired
            409 inventory.cost_missing
            409 company.period_closed
            409 company.no_period
            """,
            string.Join('\n', refused.Select(one => $"{(int)one.Status} {one.Code}"))
        );
        Assert.Equal(MaskedId(refused[0]), MaskedId(refused[1]));
        Assert.Equal(MaskedId(refused[2]), MaskedId(refused[3]));
        Assert.Equal($"{Factory.Today.Year - 1}-01", refused[7].Json.GetProperty("facts").GetProperty("period").GetString());
        foreach (var table in (string[])["inventory.movement", "inventory.balance", "company.series", "kernel.event"])
            Assert.Equal(0, await open.Count(table));

        // The second line is the one at fault, so that the first would have been written by a careless verb.
        Task<Answer> Receive(Guid? warehouse = null, Guid? item = null, string? bin = null, DateOnly? date = null) =>
            open.Api.Post(
                "/api/v1/receipts",
                new
                {
                    WarehouseId = warehouse ?? factory.Warehouse,
                    Date = date ?? Factory.Today,
                    Lines = new object[]
                    {
                        new { ItemId = factory.Items[0], Quantity = 1m },
                        new
                        {
                            ItemId = item ?? factory.Items[1],
                            Quantity = 1m,
                            Bin = bin,
                        },
                    },
                }
            );
    }

    [Fact]
    public async Task A_batch_answers_each_request_alone()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await using var db = factory.Open();

        var verdicts = await ReceiveStock.Run(
            db,
            [Goods(factory.Item, 4), Goods(Guid.CreateVersion7(), 5), Goods(factory.Item, 6)]
        );
        await db.Commit();

        Assert.Equal([null, "not_found", null], verdicts.Select(one => one.Refusal?.Code));
        Assert.Equal(
            [$"GR-{Factory.Today.Year}-000001", $"GR-{Factory.Today.Year}-000002"],
            verdicts.Where(one => one.Refusal is null).Select(one => one.Result.Number)
        );
        Assert.Equal(10m, await database.Superuser<decimal>("select on_hand from inventory.balance"));
        await EveryInvariant.Holds(database.ConnectionString);

        ReceiveStock.Request Goods(Guid item, decimal quantity) =>
            new(factory.Warehouse, Factory.Today, [new MoveStock.Line(item, quantity)]);
    }

    [Fact]
    public async Task An_amount_the_books_cannot_hold_is_refused_and_not_a_fault_of_the_program()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Api.Put($"/api/v1/items/{open.Factory.Item}/costs/{open.Factory.Company}", new { UnitCost = 9_999_999_999m });

        var answer = await open.Receive(999_999_999m);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(0, await open.Count("inventory.movement"));
    }

    /// <summary>What differs between two refusals apart from the id that was asked for.</summary>
    internal static string MaskedId(Answer answer) =>
        System.Text.RegularExpressions.Regex.Replace(
            answer.Text,
            "[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}",
            "-",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );

    private static object TwoLines(OpenFactory open, Guid second) =>
        new
        {
            WarehouseId = open.Factory.Warehouse,
            Date = Factory.Today,
            Lines = new[] { new { ItemId = open.Factory.Item, Quantity = 2.5m }, new { ItemId = second, Quantity = 1m } },
        };

    private static Task<decimal> OnHand(OpenFactory open, Guid item) =>
        open.Database.Superuser<decimal>($"select on_hand from inventory.balance where item_id = '{item}'");
}
