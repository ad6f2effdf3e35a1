using System.Net;
using System.Text.Json;

namespace Millrace.Tests;

public sealed class TraceLotTests(Server server)
{
    [Fact]
    public async Task A_lot_says_where_it_came_from_and_where_it_went_but_not_where_it_was_carried()
    {
        await using var open = await OpenFactory.Start(server);
        await Done(open, "receipts", [("L-7", 5), ("L-7", 3), ("L-8", 4)], reference: "PO-1");
        await Done(open, "transfers", [("L-7", 2)], reference: "TR-1");
        await Done(open, "issues", [("L-7", 1)], reference: "WO-1");
        var wrong = await Done(open, "issues", [("L-7", 2)], reference: "WO-2");
        var back = await open.Api.Post(
            "/api/v1/reversals",
            new
            {
                CompanyId = open.Factory.Company,
                Document = wrong,
                Date = Factory.Today,
            }
        );
        Assert.Equal(HttpStatusCode.Created, back.Status);

        var lot = await Trace(open, "L-7");

        Assert.Equal("7", lot.Json.GetProperty("onHand").GetString());
        Assert.Equal(["reversal 2", "receipt 8 PO-1"], Steps(lot, "came"));
        Assert.Equal(["issue -2 WO-2 taken back", "issue -1 WO-1"], Steps(lot, "went"));
        Assert.Equal(HttpStatusCode.NotFound, (await Trace(open, "L-9")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Trace(open, "")).Status);
    }

    private static Task<Answer> Trace(OpenFactory open, string lot) =>
        open.Api.Get($"/api/v1/items/{open.Factory.Item}/lot?companyId={open.Factory.Company}&lot={lot}");

    private static IEnumerable<string> Steps(Answer lot, string which) =>
        lot
            .Json.GetProperty(which)
            .EnumerateArray()
            .Select(one =>
                $"{one.GetProperty("kind")} {one.GetProperty("quantity")} "
                + (one.GetProperty("kind").GetString() == "reversal" ? "" : one.GetProperty("reference").GetString())
                + (one.GetProperty("reversedBy").ValueKind == JsonValueKind.Null ? "" : " taken back")
            )
            .Select(one => one.TrimEnd());

    private static async Task<string?> Done(
        OpenFactory open,
        string what,
        (string Lot, decimal Quantity)[] lines,
        string reference
    )
    {
        var body = new Dictionary<string, object>
        {
            ["warehouseId"] = open.Factory.Warehouse,
            ["date"] = Factory.Today,
            ["reference"] = reference,
            ["lines"] = lines.Select(one => new
            {
                ItemId = open.Factory.Item,
                one.Lot,
                one.Quantity,
            }),
        };
        if (what == "issues")
            body["reason"] = "consumption";
        if (what == "transfers")
            body["toWarehouseId"] = open.Factory.Warehouses[1];
        var made = await open.Api.Post($"/api/v1/{what}", body);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return made.Json.GetProperty("number").GetString();
    }
}
