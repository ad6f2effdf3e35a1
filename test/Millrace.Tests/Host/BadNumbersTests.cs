using System.Net;

namespace Millrace.Tests;

public sealed class BadNumbersTests(Server server)
{
    [Fact]
    public async Task A_number_too_large_for_the_books_is_refused()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.Authorize(await factory.AddClient("machine"));
        var cost = await client.Put($"/api/v1/items/{factory.Item}/costs/{factory.Company}", new { unitCost = 9_999_999_999m });
        Assert.Equal(HttpStatusCode.OK, cost.Status);
        var before = await database.Contents();

        var answer = await client.Post(
            "/api/v1/receipts",
            new
            {
                warehouseId = factory.Warehouse,
                date = Factory.Today,
                lines = new[] { new { itemId = factory.Item, quantity = 999_999_999m } },
            }
        );

        var faults = new Faults();
        faults.Check("an amount of 20 digits", answer);
        faults.None();
        Assert.Equal(before, await database.Contents());
    }

    [Fact]
    public async Task Stock_beyond_what_a_balance_can_hold_is_refused()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(1);
        await open.Database.Superuser(
            "update inventory.balance set on_hand = 9999999999999; update inventory.balance_detail set on_hand = 9999999999999"
        );
        var before = await open.Database.Contents();

        var answer = await open.Receive(1);

        Assert.Equal((HttpStatusCode.Conflict, "number.too_large"), (answer.Status, answer.Code));
        Assert.Equal(before, await open.Database.Contents());
    }

    [Fact]
    public async Task A_field_is_named_alike_whether_its_type_or_its_value_is_wrong()
    {
        await using var open = await OpenFactory.Start(server);

        foreach (var quantity in (string[])["\"many\"", "\"-1\""])
        {
            var answer = await open.Api.Post(
                "/api/v1/receipts",
                $$"""
                {"warehouseId":"{{open.Factory.Warehouse}}","date":"{{Factory.Today:yyyy-MM-dd}}",
                "lines":[{"itemId":"{{open.Factory.Item}}","quantity":{{quantity}}}]}
                """
            );

            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            var field = Assert.Single(answer.Json.GetProperty("errors").EnumerateObject());
            Assert.Equal("lines[0].quantity", field.Name);
        }
    }
}
