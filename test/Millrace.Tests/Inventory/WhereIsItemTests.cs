using System.Net;

namespace Millrace.Tests;

public sealed class WhereIsItemTests(Server server)
{
    [Fact]
    public async Task An_item_says_where_it_lies_and_who_holds_it_and_not_what_was_released()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(5);
        await open.Api.Post($"/api/v1/warehouses/{open.Factory.Warehouse}/bins", new { Code = "B-01" });
        await open.Api.Post(
            "/api/v1/transfers",
            new
            {
                WarehouseId = open.Factory.Warehouse,
                ToWarehouseId = open.Factory.Warehouse,
                Date = Factory.Today,
                Lines = new[]
                {
                    new
                    {
                        ItemId = open.Factory.Item,
                        Quantity = 2m,
                        ToBin = "B-01",
                        ToStatus = "blocked",
                    },
                },
            }
        );
        Assert.Equal(HttpStatusCode.Created, (await open.Reserve("SO-1", 1)).Status);
        var second = await open.Reserve("SO-2", 2);
        await open.Api.Post($"/api/v1/reservations/{second.Json.GetProperty("id").GetString()}/release", new { });

        var path = $"/api/v1/items/{open.Factory.Item}/stock?companyId=";
        var where = await open.Api.Get(path + open.Factory.Company);

        Assert.Equal(
            "B-01 blocked 2, MAIN available 3",
            string.Join(
                ", ",
                where
                    .Json.GetProperty("places")
                    .EnumerateArray()
                    .Select(one => $"{one.GetProperty("bin")} {one.GetProperty("status")} {one.GetProperty("onHand")}")
            )
        );
        var promise = Assert.Single(where.Json.GetProperty("promises").EnumerateArray());
        Assert.Equal("SO-1 1", $"{promise.GetProperty("demand")} {promise.GetProperty("held")}");
        Assert.False(where.Json.GetProperty("morePlaces").GetBoolean());
        Assert.Equal(HttpStatusCode.NotFound, (await open.Api.Get(path + Guid.CreateVersion7())).Status);
    }
}
