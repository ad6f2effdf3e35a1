using System.Diagnostics;
using System.Net;
using Npgsql;
using static Millrace.Tests.Pallets;

namespace Millrace.Tests;

/// <summary>Pallets that stand in a bin and go from place to place with all that is on them.</summary>
public sealed class HandlingUnitTests(Server server)
{
    private const string Theirs = "106141411234567897";

    [Fact]
    public async Task A_pallet_goes_with_all_that_is_on_it_and_within_a_warehouse_nothing_is_booked()
    {
        await using var open = await server.WithBins();
        var sscc = await Begin(open);
        Assert.Equal("086901230000000005", sscc);
        await Put(open, sscc, 5);
        await Put(open, sscc, 3, item: open.Factory.Items[1]);

        var within = await Move(open, sscc, "A-1");
        var away = await Move(open, sscc, "B-1", open.Factory.Warehouses[1]);

        Assert.Equal(("200", "200"), (within.Said, away.Said));
        Assert.Null(within.Json.GetProperty("document").GetString());
        Assert.Equal($"ST-{Factory.Today.Year}-000001", away.Json.GetProperty("document").GetString());
        Assert.Equal("W2 B-1 5 3", await Standing(open, sscc));
        Assert.Equal(4, await open.Count("inventory.movement where kind = 'transfer'"));
        Assert.Equal(2, await open.Count("kernel.event where type = 'HandlingUnitMoved'"));

        var dissolved = await Dissolve(open, sscc);
        Assert.Equal("200", dissolved.Said);
        Assert.Equal(2, await open.Count("inventory.balance_detail where bin = 'B-1' and on_hand > 0"));
        Assert.Equal("handling_unit.dissolved", (await Move(open, sscc, "A-1")).Said);
        Assert.Equal("handling_unit.dissolved", (await PutOn(open, sscc, 1, open.Factory.Warehouses[1])).Said);
        Assert.Equal("201", (await BeginAs(open, sscc, "A-1")).Said);
        Assert.Equal("W1 A-1", await Standing(open, sscc));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task A_pallet_that_travels_is_counted_where_it_goes_and_free_when_it_is_put_into_a_bin()
    {
        await using var open = await server.WithBins();
        var sscc = await Begin(open);
        await Put(open, sscc, 5);

        Assert.Equal("200", (await Move(open, sscc, "MAIN", open.Factory.Warehouses[1], underWay: true)).Said);
        Assert.Equal("5 withheld 5", await Sum());
        Assert.Equal("200", (await Move(open, sscc, "B-1", open.Factory.Warehouses[1])).Said);
        Assert.Equal("5 withheld 0", await Sum());
        Assert.Equal("W2 B-1 5", await Standing(open, sscc));
        await EveryInvariant.Holds(open.Database.ConnectionString);

        Task<string> Sum() =>
            open.Database.Superuser<string>(
                $"""
                select on_hand::int || ' withheld ' || withheld::int from inventory.balance
                where warehouse_id = '{open.Factory.Warehouses[1]}'
                """
            );
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_the_reason_and_nothing_is_written()
    {
        await using var open = await server.WithBins();
        var sscc = await Begin(open);
        await Put(open, sscc, 5);
        await open.Api.Put($"/api/v1/warehouses/{open.Factory.Warehouse}/bins/A-2", Closed(), version: 1);
        await open.Reserve("SO-1", 1);
        var before = await Written(open);

        Answer[] answers =
        [
            await BeginAs(open, "340123450000000001", "MAIN"),
            await BeginAs(open, "34012345000000000", "MAIN"),
            await BeginAs(open, sscc, "MAIN"),
            await BeginAs(open, Theirs, "A-9"),
            await BeginAs(open, Theirs, sscc),
            await BeginAs(open, Theirs, "A-2"),
            await Move(open, sscc, "MAIN"),
            await Move(open, sscc, "A-9"),
            await Move(open, sscc, "A-2"),
            await Move(open, Theirs, "A-1"),
            await Move(open, sscc, "MAIN", open.Factory.Warehouse, underWay: true),
            await Move(open, sscc, "B-1", open.Factory.Warehouses[1]),
            await PutOn(open, sscc, 1, open.Factory.Warehouses[1]),
            await open.Api.Post($"/api/v1/warehouses/{open.Factory.Warehouse}/bins", new { Code = Theirs }),
            await open.Api.Put($"/api/v1/warehouses/{open.Factory.Warehouse}/bins/{sscc}", Closed(), version: 1),
        ];

        Assert.Equal(
            "sscc.check_digit sscc.digits handling_unit.known bin.unknown handling_unit.on_unit bin.closed handling_unit.stays "
                + "bin.unknown bin.closed not_found transfer.nowhere inventory.short bin.unknown bin.sscc bin.unknown",
            string.Join(' ', answers.Select(one => one.Said))
        );
        Assert.Equal(before, await Written(open));
        await EveryInvariant.Holds(open.Database.ConnectionString);

        object Closed() =>
            new
            {
                PutAwayOrder = 0,
                RemovalOrder = 0,
                Closed = true,
            };
    }

    [Fact]
    public async Task Goods_are_put_on_a_pallet_only_where_it_stands_and_quality_control_does_not_travel()
    {
        await using var open = await server.WithBins();
        var sscc = await Begin(open);
        await Put(open, sscc, 5);
        Assert.Equal("200", (await Move(open, sscc, "B-1", open.Factory.Warehouses[1])).Said);

        Assert.Equal("handling_unit.elsewhere", (await PutOn(open, sscc, 1)).Said);
        var other = (await BeginAs(open, Theirs, "MAIN")).Json.GetProperty("sscc").GetString()!;
        Assert.Equal("201", (await PutOn(open, other, 1, status: "quality")).Said);
        Assert.Equal(
            "handling_unit.withheld",
            (await Move(open, other, "MAIN", open.Factory.Warehouses[1], underWay: true)).Said
        );
        Assert.Equal("200", (await Move(open, other, "MAIN", open.Factory.Warehouses[1])).Said);
        Assert.Equal(1, await open.Count("inventory.balance_detail where status = 'quality' and on_hand = 1"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task While_many_put_goods_on_a_pallet_it_goes_to_and_fro_and_leaves_nothing_behind()
    {
        await using var open = await server.WithBins();
        var sscc = await Begin(open);
        var clock = Stopwatch.StartNew();

        var putting = Enumerable.Range(0, 6).Select(hand => PutAll(hand)).ToList();
        var moving = Enumerable.Range(0, 2).Select(_ => MoveAll()).ToList();
        var put = (await Task.WhenAll(putting)).SelectMany(one => one).ToList();
        var moved = (await Task.WhenAll(moving)).SelectMany(one => one).ToList();

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"It took {clock.Elapsed}.");
        Assert.All(put, said => Assert.Contains(said, (string[])["201", "handling_unit.elsewhere", "bin.unknown"]));
        Assert.All(moved, said => Assert.Contains(said, (string[])["200", "handling_unit.stays", "busy"]));
        Assert.Contains("201", put);
        Assert.Contains("200", moved);
        Assert.Equal(
            put.Count(said => said == "201"),
            await open.Database.Superuser<decimal>(
                $"""
                select sum(d.on_hand) from inventory.balance_detail d
                join inventory.handling_unit u on u.warehouse_id = d.warehouse_id and u.sscc = d.bin
                """
            )
        );
        await EveryInvariant.Holds(open.Database.ConnectionString);

        async Task<List<string>> PutAll(int hand)
        {
            var said = new List<string>();
            for (var at = 0; at < 25; at++)
                said.Add((await PutOn(open, sscc, 1, open.Factory.Warehouses[hand % 2], item: open.Factory.Items[at % 3])).Said);
            return said;
        }

        async Task<List<string>> MoveAll()
        {
            var said = new List<string>();
            for (var at = 0; at < 20; at++)
            {
                var there = at % 2;
                said.Add((await Move(open, sscc, there == 0 ? "B-1" : "A-1", open.Factory.Warehouses[1 - there])).Said);
            }
            return said;
        }
    }

    [Fact]
    public async Task Whoever_puts_something_on_a_pallet_that_is_held_waits_and_the_others_go_on()
    {
        await using var open = await server.WithBins();
        var sscc = await Begin(open);
        Task<Answer> waiting;
        await using (await open.Hold($"inventory.handling_unit where sscc = '{sscc}'"))
        {
            waiting = PutOn(open, sscc, 1);
            for (var at = 0; at < 5; at++)
            {
                var clock = Stopwatch.StartNew();
                Assert.Equal(HttpStatusCode.Created, (await open.Receive(1, open.Factory.Items[1])).Status);
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"Another waited {clock.Elapsed}.");
            }
            Assert.False(waiting.IsCompleted);
        }

        Assert.Equal("201", (await waiting).Said);
    }

    [Fact]
    public async Task The_database_itself_lets_no_goods_lie_where_their_pallet_is_not()
    {
        await using var open = await server.WithBins();
        var sscc = await Begin(open);
        await Put(open, sscc, 5);

        foreach (
            var statement in (string[])
                [
                    $"update inventory.handling_unit set warehouse_id = '{open.Factory.Warehouses[1]}', bin = 'B-1'",
                    "update inventory.handling_unit set dissolved_at = now()",
                    $"update inventory.balance_detail set bin = '{sscc}', warehouse_id = '{open.Factory.Warehouses[1]}'",
                    $"""
                        insert into inventory.bin (tenant_id, warehouse_id, bin, is_unit)
                        values ({open.Factory.Tenant}, '{open.Factory.Warehouses[1]}', '{sscc}', true);
                        insert into inventory.balance
                        values ({open.Factory.Tenant}, '{open.Factory.Company}', '{open.Factory.Item}',
                            '{open.Factory.Warehouses[1]}');
                        insert into inventory.balance_detail (tenant_id, company_id, item_id, warehouse_id, bin, on_hand)
                        values ({open.Factory.Tenant}, '{open.Factory.Company}', '{open.Factory.Item}',
                            '{open.Factory.Warehouses[1]}', '{sscc}', 1)
                        """,
                ]
        )
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => open.Database.Superuser(statement));
            Assert.StartsWith("23", refused.SqlState, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_on_a_pallet_is_taken_in_the_order_of_the_bin_where_it_stands()
    {
        await using var open = await server.WithBins();
        var sscc = await Begin(open);
        await Put(open, sscc, 5);
        await Put(open, "B-1", 5);

        Assert.Equal("201", (await open.Issue(1, take: "nearest")).Said);
        Assert.Equal("200", (await Move(open, sscc, "C-1")).Said);
        Assert.Equal("201", (await open.Issue(2, take: "nearest")).Said);

        Assert.Equal(
            $"{sscc} 4, B-1 3",
            await open.Database.Superuser<string>(
                "select string_agg(bin || ' ' || on_hand::int, ', ' order by bin) from inventory.balance_detail where on_hand > 0"
            )
        );
    }
}
