using System.Net;
using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>Many hands on the same stock at the same moment.</summary>
public sealed class StockRaceTests(Server server)
{
    private const string Reservations = "/api/v1/reservations";

    [Fact]
    [Case("S1")]
    public async Task Of_many_buyers_of_one_unit_one_wins_and_the_others_are_told_the_numbers()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(buyer => open.Reserve($"SO-{buyer}", 1)));

        OneWins(open.Factory, answers);
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    [Case("S1")]
    public async Task Of_many_issues_of_one_unit_one_wins()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => open.Issue(1)));

        OneWins(open.Factory, answers);
        Assert.Equal(0m, await open.Database.Superuser<decimal>("select on_hand from inventory.balance"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    [Case("S1")]
    public async Task Of_many_who_want_the_same_piece_in_two_processes_one_gets_it()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(1);
        await open.Database.Superuser(
            """
            update catalog.item set tracking = 'serial'; update inventory.balance_detail set lot = 'P1';
            update inventory.movement set lot = 'P1'
            """
        );
        var client = await open.Factory.AddClient("shop");
        await using var second = await ProgramProcess.Serve(open.Database.ConnectionString);
        using var there = await ApiClient.Authorize(second.Url, client);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(buyer => (buyer % 2 == 0 ? there : open.Api).Post(Reservations, Piece(buyer)))
        );

        OneWins(open.Factory, answers);
        Assert.Equal(1m, await open.Database.Superuser<decimal>("select sum(pinned) from inventory.balance_detail"));
        await EveryInvariant.Holds(open.Database.ConnectionString);

        object Piece(int buyer) =>
            new
            {
                CompanyId = open.Factory.Company,
                Demand = $"SO-{buyer}",
                Lines = new[]
                {
                    new
                    {
                        ItemId = open.Factory.Item,
                        WarehouseId = open.Factory.Warehouse,
                        Quantity = 1m,
                        Lot = "P1",
                    },
                },
            };
    }

    [Fact]
    [Case("S1")]
    public async Task Buyers_in_several_processes_share_one_unit_as_well()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(1);
        var client = await open.Factory.AddClient("shop");
        await using var first = await ProgramProcess.Serve(open.Database.ConnectionString);
        await using var second = await ProgramProcess.Serve(open.Database.ConnectionString);
        var shops = await Task.WhenAll(((Uri[])[first.Url, second.Url]).Select(url => ApiClient.Authorize(url, client)));

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(buyer => shops[buyer % 2].Post(Reservations, open.Demand($"SO-{buyer}", (open.Factory.Item, 1))))
        );

        OneWins(open.Factory, answers);
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    [Case("S2")]
    public async Task Reserved_equals_the_open_reservations_after_any_history()
    {
        await using var open = await OpenFactory.Start(server);
        foreach (var item in open.Factory.Items)
            await open.Stock(20, item);
        var received = new decimal[3];
        received.AsSpan().Fill(20);

        await Task.WhenAll(Enumerable.Range(1, 6).Select(hand => Work(new Dice((uint)hand), hand)));

        await EveryInvariant.Holds(open.Database.ConnectionString);
        var promised = new decimal[3];
        string? after = null;
        do
        {
            var page = (
                await open.Api.Get(
                    $"{Reservations}?companyId={open.Factory.Company}&open=true&limit=50"
                        + $"&after={Uri.EscapeDataString(after ?? "")}"
                )
            ).Json;
            foreach (
                var line in page.GetProperty("items")
                    .EnumerateArray()
                    .SelectMany(one => one.GetProperty("lines").EnumerateArray())
            )
                promised[At(line)] += Number(line, "quantity");
            after = page.GetProperty("next").GetString();
        } while (after is not null);
        var stock = (await open.Api.Get($"/api/v1/stock?companyId={open.Factory.Company}"))
            .Json.GetProperty("items")
            .EnumerateArray();
        foreach (var row in stock)
            Assert.Equal(
                (received[At(row)], promised[At(row)], received[At(row)] - promised[At(row)]),
                (Number(row, "onHand"), Number(row, "reserved"), Number(row, "available"))
            );

        async Task Work(Dice dice, int hand)
        {
            var mine = new List<string>();
            for (var at = 0; at < 40; at++)
            {
                var (item, quantity) = (dice.Throw(3), 1 + dice.Throw(5));
                var other = (item + 1 + dice.Throw(2)) % 3;
                var answer = dice.Throw(6) switch
                {
                    0 => await open.Receive(quantity, open.Factory.Items[item]),
                    1 => await open.Issue(quantity, open.Factory.Items[item]),
                    2 or 3 when mine.Count > 0 => await open.Api.Post($"{Reservations}/{mine[dice.Throw(mine.Count)]}/release"),
                    _ => await open.Api.Post(
                        Reservations,
                        open.Demand($"SO-{hand}-{at}", (open.Factory.Items[item], quantity), (open.Factory.Items[other], 1))
                    ),
                };
                if (answer.Status == HttpStatusCode.Conflict)
                    Assert.Equal("inventory.short", answer.Code);
                else if (answer.Status == HttpStatusCode.Created && answer.Json.TryGetProperty("number", out var number))
                    lock (received)
                        received[item] += number.GetString()!.StartsWith("GR", StringComparison.Ordinal) ? quantity : -quantity;
                else if (answer.Status == HttpStatusCode.Created)
                    mine.Add(answer.Json.GetProperty("id").GetString()!);
                else
                    Assert.Equal(HttpStatusCode.OK, answer.Status);
            }
        }

        int At(JsonElement row) => open.Factory.Items.ToList().IndexOf(row.GetProperty("itemId").GetGuid());
    }

    [Fact]
    [Case("S3")]
    public async Task X_then_Y_against_Y_then_X_never_deadlocks_and_everybody_is_answered()
    {
        await using var open = await OpenFactory.Start(server);
        foreach (var item in open.Factory.Items)
            await open.Stock(1000, item);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(Work));

        await open.App.DisposeAsync(); // sessions report what they counted at their end
        await open.Database.Databases.DisposeAsync();
        Assert.Equal(0, await open.Count("pg_stat_database where datname = current_database() and deadlocks > 0"));
        await EveryInvariant.Holds(open.Database.ConnectionString);

        async Task Work(int hand)
        {
            var lines = open.Factory.Items.Select(item => (item, 1m)).ToArray();
            if (hand % 2 == 1)
                Array.Reverse(lines);
            for (var round = 0; round < 8; round++)
            {
                var promise = await open.Api.Post(Reservations, open.Demand($"SO-{hand}-{round}", lines));
                Assert.Equal(HttpStatusCode.Created, promise.Status);
                foreach (var way in (string[])["receipts", "issues"])
                    Assert.Equal(HttpStatusCode.Created, (await open.Api.Post($"/api/v1/{way}", Moved(way, lines))).Status);
                var release = await open.Api.Post($"{Reservations}/{promise.Json.GetProperty("id").GetString()}/release");
                Assert.Equal(HttpStatusCode.OK, release.Status);
            }
        }

        object Moved(string way, (Guid Item, decimal Quantity)[] lines)
        {
            var moved = lines.Select(one => new { ItemId = one.Item, one.Quantity });
            var warehouse = open.Factory.Warehouse;
            return way == "receipts"
                ? new
                {
                    WarehouseId = warehouse,
                    Date = Factory.Today,
                    Lines = moved,
                }
                : new
                {
                    WarehouseId = warehouse,
                    Date = Factory.Today,
                    Reason = "sale",
                    Lines = moved,
                };
        }
    }

    private static void OneWins(Factory factory, IReadOnlyList<Answer> answers)
    {
        Assert.Single(answers, one => one.Status == HttpStatusCode.Created);
        foreach (var loser in answers.Where(one => one.Status != HttpStatusCode.Created))
        {
            Assert.Equal((HttpStatusCode.Conflict, "inventory.short"), (loser.Status, loser.Code));
            var shortage = Assert.Single(loser.Json.GetProperty("facts").GetProperty("shortages").EnumerateArray());
            Assert.Equal(
                (factory.Item, factory.Warehouse, 1m, 0m, 1m),
                (
                    shortage.GetProperty("itemId").GetGuid(),
                    shortage.GetProperty("warehouseId").GetGuid(),
                    Number(shortage, "wanted"),
                    Number(shortage, "available"),
                    Number(shortage, "missing")
                )
            );
        }
    }

    private static decimal Number(JsonElement of, string name) =>
        JsonSerializer.Deserialize<decimal>(of.GetProperty(name), Wire.Options);
}
