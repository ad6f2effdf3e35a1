using System.Net;
using System.Text.Json;
using Millrace.Inventory;

namespace Millrace.Tests;

public sealed class StockOverTimeTests(Server server)
{
    [Fact]
    public async Task Each_day_ends_with_what_was_there_also_when_it_was_written_later()
    {
        await using var open = await OpenFactory.Start(server);
        var today = Factory.Today;
        await Move(open, today.AddDays(-40), 100);
        await Move(open, today.AddDays(-3), 20);
        await Move(open, today.AddDays(-10), 8, warehouse: 1); // dated back
        await Move(open, today, -15);

        Assert.Equal(
            $"100 | {today.AddDays(-10):MM-dd} +8 -0 = 108; {today.AddDays(-3):MM-dd} +20 -0 = 128; "
                + $"{today:MM-dd} +0 -15 = 113 | 113",
            await Course(open, "days=30")
        );
        Assert.Equal(
            $"100 | {today.AddDays(-3):MM-dd} +20 -0 = 120; {today:MM-dd} +0 -15 = 105 | 105",
            await Course(open, $"days=30&warehouseId={open.Factory.Warehouse}")
        );
        Assert.Equal($"128 | {today:MM-dd} +0 -15 = 113 | 113", await Course(open, "days=1"));
        Assert.Equal("0 |  | 0", await Course(open, "days=30", open.Factory.Items[1]));
    }

    [Theory]
    [InlineData("days=0")]
    [InlineData("days=731")]
    [InlineData("days=many")]
    public async Task A_span_without_sense_is_refused(string query)
    {
        await using var open = await OpenFactory.Start(server);

        Assert.Equal(
            HttpStatusCode.BadRequest,
            (
                await open.Api.Get($"/api/v1/stock/history?companyId={open.Factory.Company}&itemId={open.Factory.Item}&{query}")
            ).Status
        );
    }

    private static async Task Move(OpenFactory open, DateOnly date, decimal quantity, int warehouse = 0)
    {
        await using var db = open.Factory.Open();
        var (at, lines) = (open.Factory.Warehouses[warehouse], (MoveStock.Line[])[new(open.Factory.Item, Math.Abs(quantity))]);
        _ =
            quantity > 0
                ? (await ReceiveStock.Run(db, [new ReceiveStock.Request(at, date, lines)]))[0].Result
                : (await IssueStock.Run(db, [new IssueStock.Request(at, date, "sale", lines)]))[0].Result;
        await db.Commit();
    }

    private static async Task<string> Course(OpenFactory open, string query, Guid? item = null)
    {
        var answer = await open.Api.Get(
            $"/api/v1/stock/history?companyId={open.Factory.Company}&itemId={item ?? open.Factory.Item}&{query}"
        );
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        var days = answer
            .Json.GetProperty("days")
            .EnumerateArray()
            .Select(day =>
                $"{day.GetProperty("date").GetString()![5..]} +{Whole(day, "received")} -{Whole(day, "issued")} "
                + $"= {Whole(day, "onHand")}"
            );
        return $"{Whole(answer.Json, "opening")} | {string.Join("; ", days)} | {Whole(answer.Json, "onHand")}";
    }

    private static string Whole(JsonElement one, string name) => one.GetProperty(name).GetString()!.Split('.')[0];
}
