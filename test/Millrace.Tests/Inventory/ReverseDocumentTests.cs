using System.Net;

namespace Millrace.Tests;

public sealed class ReverseDocumentTests(Server server)
{
    [Fact]
    public async Task Every_kind_of_document_is_taken_back_in_stock_and_books_at_the_cost_at_which_it_was_booked()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        var there = open.Factory.Warehouses[1];
        await open.Stock(10);
        await open.Issue(3, reason: "scrap");
        await open.Api.Post(
            "/api/v1/transfers",
            new
            {
                WarehouseId = open.Factory.Warehouse,
                ToWarehouseId = there,
                Date = Factory.Today,
                Lines = new[] { new { ItemId = open.Factory.Item, Quantity = 2m } },
            }
        );
        var draft = await open.Api.Post("/api/v1/stock-adjustments", open.Difference(5));
        await open.Api.Post($"/api/v1/stock-adjustments/{Desk.IdOf(draft.Json)}/submission");
        await open.Api.Put($"/api/v1/items/{open.Factory.Item}/costs/{open.Factory.Company}", new { UnitCost = 99m });

        foreach (var document in (string[])["SA", "ST", "GI", "GR"])
        {
            var answer = await Reverse(open, Number(document));
            Assert.True(answer.Status == HttpStatusCode.Created, $"{document}: {answer.Text}");
        }

        Assert.Equal(0, await open.Count("inventory.balance where on_hand <> 0"));
        Assert.Equal(0m, await open.Database.Superuser<decimal>("select sum(amount) from inventory.movement"));
        Assert.Equal(4, await open.Count("inventory.reversal"));
        Assert.Equal(3, await open.Count("kernel.event where type = 'StockReversed'"));
        Assert.Equal(2, await open.Count("kernel.event where type = 'StockTransferred'"));
        await Eventually.True(async () => await open.Count("accounting.voucher") == 6, "all but the transfers are posted");
        Assert.Equal(
            0,
            await open.Count("(select account from accounting.voucher_line group by account having sum(debit) <> sum(credit)) a")
        );
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact, Case("I1")]
    public async Task Once_however_many_ask_at_the_same_moment_in_two_processes()
    {
        await using var open = await OpenFactory.Start(server);
        await using var second = await App.Start(open.Database.ConnectionString, work: false);
        using var other = open.At(second);
        await open.Stock(10);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(at => Reverse(open, Number("GR"), at % 2 == 0 ? open.Api : other))
        );

        Assert.Equal(1, answers.Count(one => one.Status == HttpStatusCode.Created));
        Assert.All(
            answers.Where(one => one.Status != HttpStatusCode.Created),
            one => Assert.Equal((HttpStatusCode.Conflict, "reversal.twice"), (one.Status, one.Code))
        );
        Assert.Equal(0m, await open.Database.Superuser<decimal>("select on_hand from inventory.balance"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Each_refusal_says_why_and_writes_nothing()
    {
        await using var open = await OpenFactory.Start(server);
        var foreign = await Factory.Make(open.Database.Dbs, "Foreign");
        await foreign.Receive(foreign.Item, 10);
        await open.Stock(10);
        await open.Stock(1);
        await Reverse(open, Number("GR", 2));
        await open.Reserve("SO-1", 4);
        var before = await open.Count("kernel.event");

        Answer[] refused =
        [
            await Reverse(open, "GR-1999-000001"),
            await Reverse(open, Number("GR"), company: foreign.Company),
            await Reverse(open, Number("GR")),
            await Reverse(open, Number("GR", 2)),
            await Reverse(open, Number("RV")),
            await Reverse(open, Number("GR"), date: Factory.Today.AddDays(-1)),
        ];

        Assert.Equal(
            """
            404 not_found
            404 not_found
            409 inventory.short
            409 reversal.twice
            409 reversal.of_reversal
            409 reversal.too_early
            """,
            string.Join('\n', refused.Select(one => $"{(int)one.Status} {one.Code}"))
        );
        Assert.Equal("Not enough IT-001 in W1: 10 wanted, 6 available.", refused[2].Json.GetProperty("detail").GetString());
        Assert.Equal(
            $"{Number("GR", 2)} was taken back by {Number("RV")} already.",
            refused[3].Json.GetProperty("detail").GetString()
        );
        Assert.Equal(before, await open.Count("kernel.event"));
        Assert.Equal(1, await open.Count("inventory.reversal"));
    }

    private static string Number(string kind, int number = 1) =>
        FormattableString.Invariant($"{kind}-{Factory.Today.Year}-{number:000000}");

    private static Task<Answer> Reverse(
        OpenFactory open,
        string document,
        ApiClient? api = null,
        Guid? company = null,
        DateOnly? date = null
    ) =>
        (api ?? open.Api).Post(
            "/api/v1/reversals",
            new
            {
                CompanyId = company ?? open.Factory.Company,
                Document = document,
                Date = date ?? Factory.Today,
            }
        );
}
