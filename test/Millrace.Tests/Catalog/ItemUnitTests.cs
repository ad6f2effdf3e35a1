using System.Net;
using Millrace.Catalog;

namespace Millrace.Tests;

public sealed class ItemUnitTests(Server server)
{
    [Fact]
    public void There_and_back_nothing_is_lost()
    {
        var dice = new Dice(7);
        var converted = 0;
        for (var at = 0; at < 20_000; at++)
        {
            UnitFactor factor = new(
                1 + dice.Throw(at % 2 == 0 ? 40 : 1_000_000_000),
                1 + dice.Throw(at % 3 == 0 ? 1_000_000 : 40)
            );
            var quantity = (1 + dice.Throw(1_000_000_000)) / 1_000_000m;
            if (factor.ToOwn(quantity) is not { } own)
                continue;
            converted++;
            Assert.Equal(own * factor.Denominator, quantity * factor.Numerator);
            Assert.Equal(quantity, factor.FromOwn(own));
        }
        Assert.InRange(converted, 1_000, 19_999);
    }

    [Theory]
    [InlineData(12, 1, 1)]
    [InlineData(1, 12, 3)]
    [InlineData(1, 7, 7)]
    [InlineData(1, 1_000_000_000, 1_000)]
    [InlineData(5, 2, 1)]
    public void Every_multiple_of_its_step_is_exact_and_nothing_smaller_is(int numerator, int denominator, int step)
    {
        UnitFactor factor = new(numerator, denominator);

        Assert.Equal(step, factor.Step);
        Assert.All([1, 2, 5, 77], times => Assert.NotNull(factor.ToOwn(factor.Step * times)));
        Assert.DoesNotContain(Enumerable.Range(1, step - 1), less => factor.ToOwn(less) is not null);
    }

    [Fact]
    public void More_than_a_quantity_may_be_is_none() => Assert.Null(new UnitFactor(1_000_000_000, 1).ToOwn(1));

    [Fact]
    public async Task Documents_say_how_much_in_any_unit_of_an_item_and_are_kept_in_its_own()
    {
        await using var open = await OpenFactory.Start(server);
        Assert.Equal("200 200", Said(await Set(open, "carton", 12, 1), await Set(open, "third", 1, 3)));

        Answer[] answers =
        [
            await Receive(open, 2, "carton"),
            await Receive(open, 9, "third"),
            await Receive(open, 1, "third"),
            await Receive(open, 1, "pallet"),
            await Receive(open, 1, "KG"),
            await Issue(open, 1, "carton"),
            await Issue(open, 2, "carton"),
            await Reserve(open, 1.25m, "carton"),
        ];

        Assert.Equal("201 201 unit.inexact unit.unknown unit.unknown 201 inventory.short 201", Said(answers));
        Assert.Contains("multiple of 3", answers[2].Json.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.Equal("24", answers[0].Json.GetProperty("lines")[0].GetProperty("quantity").GetString());
        Assert.Equal(
            "15 15",
            await open.Database.Superuser<string>(
                "select trim_scale(on_hand) || ' ' || trim_scale(reserved) from inventory.balance"
            )
        );
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task An_item_with_other_units_keeps_its_own_and_has_twenty_of_them_at_most()
    {
        await using var open = await OpenFactory.Start(server);
        var item = $"/api/v1/items/{open.Factory.Item}";
        var known = await open.Api.Get(item);
        var own = known.Json.GetProperty("unit").GetString()!;
        object changed = new
        {
            name = "Renamed",
            kind = "raw",
            unit = "kg2",
        };

        Assert.Equal("unit.own", Said(await Set(open, own, 1, 1)));
        for (var at = 0; at < 20; at++)
            Assert.Equal("200", Said(await Set(open, $"U{at}", at + 1, 1)));
        Assert.Equal(
            "unit.too_many 200 unit.others",
            Said(await Set(open, "U20", 1, 1), await Set(open, "U7", 3, 4), await open.Api.Put(item, changed, 1))
        );
        Assert.Equal(20, (await open.Api.Get(item)).Json.GetProperty("units").GetArrayLength());

        for (var at = 0; at < 20; at++)
            Assert.Equal(
                HttpStatusCode.NoContent,
                (await open.Api.Send(HttpMethod.Delete, $"{item}/units/U{at}", body: null, key: null)).Status
            );
        Assert.Equal("200", Said(await open.Api.Put(item, changed, 1)));
    }

    private static Task<Answer> Set(OpenFactory open, string unit, int numerator, int denominator) =>
        open.Api.Put($"/api/v1/items/{open.Factory.Item}/units/{unit}", new { numerator, denominator });

    private static Task<Answer> Receive(OpenFactory open, decimal quantity, string unit) =>
        Move(open, "receipts", quantity, unit);

    private static Task<Answer> Issue(OpenFactory open, decimal quantity, string unit) =>
        Move(open, "issues", quantity, unit, "sale");

    private static Task<Answer> Move(OpenFactory open, string verb, decimal quantity, string unit, string? reason = null) =>
        open.Api.Post(
            $"/api/v1/{verb}",
            new
            {
                warehouseId = open.Factory.Warehouse,
                date = Factory.Today,
                reason,
                lines = new[]
                {
                    new
                    {
                        itemId = open.Factory.Item,
                        quantity,
                        unit,
                    },
                },
            }
        );

    private static Task<Answer> Reserve(OpenFactory open, decimal quantity, string unit) =>
        open.Api.Post(
            "/api/v1/reservations",
            new
            {
                companyId = open.Factory.Company,
                demand = "SO-1",
                lines = new[]
                {
                    new
                    {
                        itemId = open.Factory.Item,
                        warehouseId = open.Factory.Warehouse,
                        quantity,
                        unit,
                    },
                },
            }
        );

    private static string Said(params Answer[] answers) => string.Join(' ', answers.Select(one => one.Said));
}
