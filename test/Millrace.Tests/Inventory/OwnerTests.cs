namespace Millrace.Tests;

/// <summary>
/// Goods of somebody else that lie in a warehouse of the company: counted, worth nothing to it, promised to nobody.
/// </summary>
public sealed class OwnerTests(Server server)
{
    [Fact]
    public async Task What_is_consigned_is_counted_and_worth_nothing_and_nobody_is_promised_it()
    {
        await using var open = await OpenFactory.Start(server);
        var owner = await Partner(open);
        var received = await Move(open, "receipts", 5, owner);

        Answer[] answers =
        [
            received,
            await open.Reserve("SO-1", 1),
            await open.Issue(1),
            await Move(open, "issues", 6, owner),
            await Move(open, "issues", 2, owner),
            await Move(open, "receipts", 1, Guid.CreateVersion7()),
            await Transfer(open, 1, owner),
        ];

        Assert.Equal(
            "201 inventory.short inventory.short inventory.short 201 not_found 201",
            string.Join(' ', answers.Select(one => one.Said))
        );
        Assert.Equal("0", received.Json.GetProperty("total").GetString());
        Assert.Equal("5 5 3 3", await Sums(open));
        var places = (await open.Api.Get($"/api/v1/places?companyId={open.Factory.Company}")).Json.GetProperty("items");
        Assert.All(places.EnumerateArray(), one => Assert.Equal("Consignor", one.GetProperty("ownerName").GetString()));
        Assert.Equal(0m, await open.Database.Superuser<decimal>("select sum(amount) from inventory.movement"));
        await EveryInvariant.Holds(open.Database.ConnectionString);

        async Task<string> Sums(OpenFactory of) =>
            await of.Database.Superuser<string>(
                """
                select (select sum(quantity) from inventory.movement where kind = 'receipt')::int || ' '
                    || (select sum(quantity) filter (where kind = 'receipt') from inventory.movement where owner_id <>
                        '00000000-0000-0000-0000-000000000000')::int || ' '
                    || sum(on_hand)::int || ' ' || sum(withheld)::int from inventory.balance
                """
            );
    }

    [Fact]
    public async Task Ours_and_theirs_lie_in_one_bin_apart_and_are_taken_back_as_what_they_are()
    {
        await using var open = await OpenFactory.Start(server);
        var owner = await Partner(open);
        await open.Stock(3);
        var number = (await Move(open, "receipts", 5, owner)).Json.GetProperty("number").GetString();
        Assert.Equal("201", (await open.Reserve("SO-1", 3)).Said);

        Assert.Equal("3 available, 5 theirs", await Lying(open));
        Assert.Equal(
            "201",
            (
                await open.Api.Post(
                    "/api/v1/reversals",
                    new
                    {
                        CompanyId = open.Factory.Company,
                        Document = number,
                        Date = Factory.Today,
                    }
                )
            ).Said
        );
        Assert.Equal("3 available", await Lying(open));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    private static Task<string> Lying(OpenFactory open) =>
        open.Database.Superuser<string>(
            """
            select string_agg(on_hand::int || ' ' || case when owner_id = '00000000-0000-0000-0000-000000000000'
                then status else 'theirs' end, ', ' order by owner_id)
            from inventory.balance_detail where on_hand > 0
            """
        );

    private static async Task<Guid> Partner(OpenFactory open) => (
            await open.Api.Post(
                "/api/v1/partners",
                new
                {
                    Code = "C-1",
                    Partner = new
                    {
                        Name = "Consignor",
                        Customer = false,
                        Supplier = true,
                        Country = "TR",
                    },
                }
            )
        ).Json.GetProperty("id").GetGuid();

    private static Task<Answer> Move(OpenFactory open, string verb, decimal quantity, Guid owner) =>
        open.Api.Post(
            $"/api/v1/{verb}",
            new
            {
                WarehouseId = open.Factory.Warehouse,
                Date = Factory.Today,
                Reason = verb == "issues" ? "consumption" : null,
                Lines = new[]
                {
                    new
                    {
                        ItemId = open.Factory.Item,
                        Quantity = quantity,
                        OwnerId = owner,
                    },
                },
            }
        );

    private static Task<Answer> Transfer(OpenFactory open, decimal quantity, Guid owner) =>
        open.Api.Post(
            "/api/v1/transfers",
            new
            {
                WarehouseId = open.Factory.Warehouse,
                ToWarehouseId = open.Factory.Warehouses[1],
                Date = Factory.Today,
                Lines = new[]
                {
                    new
                    {
                        ItemId = open.Factory.Item,
                        Quantity = quantity,
                        OwnerId = owner,
                    },
                },
            }
        );
}
