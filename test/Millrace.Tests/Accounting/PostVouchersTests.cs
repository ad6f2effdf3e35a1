using System.Net;
using System.Text.Json;
using Npgsql;

namespace Millrace.Tests;

public sealed class PostVouchersTests(Server server)
{
    [Fact]
    public async Task A_receipt_becomes_one_balanced_voucher_at_the_cost_that_was_in_force_when_it_came()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(5);
        await open.Api.Put($"/api/v1/items/{open.Factory.Item}/costs/{open.Factory.Company}", new { UnitCost = 99m });
        await using var posting = await App.Start(open.Database.ConnectionString);
        await Posted(open, 1);

        Assert.Equal(
            $"""
            V-{Factory.Today.Year}-000001 of GR-{Factory.Today.Year}-000001: 50 TRY
            150     50 0
            329.01  0 50
            """,
            await Shown(open, "GR")
        );
        Assert.Equal(1, await open.Count("accounting.voucher"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task What_is_issued_goes_to_the_account_of_its_reason_and_one_line_per_account_and_side()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        var goods = (
            await open.Api.Post(
                "/api/v1/items",
                new
                {
                    Code = "G-1",
                    Name = "Bought",
                    Kind = "goods",
                    Unit = "pcs",
                }
            )
        ).Json;
        var item = goods.GetProperty("id").GetGuid();
        await open.Api.Put($"/api/v1/items/{item}/costs/{open.Factory.Company}", new { UnitCost = 3m });
        var receipt = await open.Api.Post(
            "/api/v1/receipts",
            new
            {
                WarehouseId = open.Factory.Warehouse,
                Date = Factory.Today,
                Lines = new[]
                {
                    new { ItemId = open.Factory.Items[0], Quantity = 10m },
                    new { ItemId = open.Factory.Items[1], Quantity = 10m },
                    new { ItemId = item, Quantity = 10m },
                },
            }
        );
        Assert.Equal(HttpStatusCode.Created, receipt.Status);
        foreach (var reason in (string[])["consumption", "sale", "scrap"])
            Assert.Equal(HttpStatusCode.Created, (await open.Issue(1, item, reason)).Status);
        await Posted(open, 4);

        var year = Factory.Today.Year;
        Assert.Equal(
            $"""
            V-{year}-000001 of GR-{year}-000001: 330 TRY
            150     300 0
            153     30 0
            329.01  0 330
            """,
            await Shown(open, "GR")
        );
        Assert.Equal(["730 153 3", "621 153 3", "689 153 3"], await Accounts(open));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task A_changed_rule_counts_from_the_next_voucher_and_the_old_ones_stay()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await open.Stock(5);
        await Posted(open, 1);
        var rules = $"/api/v1/companies/{open.Factory.Company}/posting-rules";
        var rule = (await open.Api.Get(rules))
            .Json.GetProperty("items")
            .EnumerateArray()
            .Single(one => (Text(one, "eventType"), Text(one, "itemKind")) == ("StockReceived", "raw"));
        var change = new { DebitAccount = "150", CreditAccount = "320" };

        var changed = await open.Api.Put($"{rules}/{Text(rule, "id")}", change, version: 1);
        Assert.Equal((HttpStatusCode.OK, 2), (changed.Status, changed.Json.GetProperty("version").GetInt32()));
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            (await open.Api.Put($"{rules}/{Text(rule, "id")}", change, version: 1)).Status
        );
        Assert.Equal(428, (int)(await open.Api.Put($"{rules}/{Text(rule, "id")}", change)).Status);
        await open.Stock(6);
        await Posted(open, 2);

        Assert.Equal(["150 329.01 50", "150 320 60"], await Accounts(open));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Theory]
    [InlineData("150", "150", 400, "input.invalid")]
    [InlineData("150", "999.99", 409, "account.unknown")]
    [InlineData("770", "329.01", 409, "accounting.not_an_inventory_account")]
    public async Task A_rule_that_would_break_the_books_is_refused(string debit, string credit, int status, string code)
    {
        await using var open = await OpenFactory.Start(server);
        var id = await open.Database.Superuser<Guid>(
            "select rule_id from accounting.posting_rule where event_type = 'StockReceived' and item_kind = 'raw'"
        );

        var answer = await open.Api.Put(
            $"/api/v1/companies/{open.Factory.Company}/posting-rules/{id}",
            new { DebitAccount = debit, CreditAccount = credit },
            version: 1
        );

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        Assert.Equal(0, await open.Count("accounting.posting_rule where version > 1"));
    }

    [Fact]
    public async Task The_trial_balance_shows_debit_credit_and_balance_of_every_account_that_moved()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await open.Stock(10);
        await open.Stock(2, open.Factory.Items[1]);
        await open.Issue(3);
        await open.Issue(1, reason: "scrap");
        await Posted(open, 4);

        var balance = (await open.Api.Get($"/api/v1/companies/{open.Factory.Company}/trial-balance")).Json;

        Assert.Equal(
            """
            150     140  40  100
            329.01  0  140  -140
            689     10  0  10
            710     30  0  30
            """,
            string.Join(
                '\n',
                balance
                    .GetProperty("rows")
                    .EnumerateArray()
                    .Select(row =>
                        $"{Text(row, "account"), -6}  {Text(row, "debit")}  {Text(row, "credit")}  {Text(row, "balance")}"
                    )
            )
        );
        Assert.Equal(
            ("180", "180", "TRY"),
            (Text(balance, "totalDebit"), Text(balance, "totalCredit"), Text(balance, "currency"))
        );
        var last = Factory.Today.Year - 1;
        var before = await open.Api.Get(
            $"/api/v1/companies/{open.Factory.Company}/trial-balance?from={last}-01-01&through={last}-12-31"
        );
        Assert.Empty(before.Json.GetProperty("rows").EnumerateArray());
    }

    [Fact]
    public async Task Another_tenants_vouchers_and_books_are_answered_like_missing_ones()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await open.Stock(5);
        await Posted(open, 1);
        var id = await open.Database.Superuser<Guid>("select voucher_id from accounting.voucher");
        var foreign = await Factory.Make(open.Database.Dbs, "Foreign");
        using var stranger = await open.App.Authorize(await foreign.AddClient("machine"));

        foreach (var (there, nowhere) in Pairs($"/api/v1/vouchers/{id}", $"/api/v1/vouchers/{Guid.CreateVersion7()}"))
        {
            var (theirs, missing) = (await stranger.Get(there), await stranger.Get(nowhere));
            Assert.Equal(HttpStatusCode.NotFound, theirs.Status);
            Assert.Equal(ReceiveStockTests.MaskedId(missing), ReceiveStockTests.MaskedId(theirs));
        }
        Assert.Empty(
            (await stranger.Get($"/api/v1/vouchers?companyId={open.Factory.Company}")).Json.GetProperty("items").EnumerateArray()
        );

        (string, string)[] Pairs(string one, string other) =>
            [
                (one, other),
                .. ((string[])["accounts", "trial-balance", "posting-rules"]).Select(what =>
                    ($"/api/v1/companies/{open.Factory.Company}/{what}", $"/api/v1/companies/{Guid.CreateVersion7()}/{what}")
                ),
            ];
    }

    private static Task Posted(OpenFactory open, int vouchers) =>
        Eventually.True(async () => await open.Count("accounting.voucher") == vouchers, $"{vouchers} vouchers are posted");

    // The voucher of the first document of a series, as the API shows it.
    private static async Task<string> Shown(OpenFactory open, string series)
    {
        var list = await open.Api.Get(
            $"/api/v1/vouchers?companyId={open.Factory.Company}&filter=document:is:{series}-{Factory.Today.Year}-000001"
        );
        var id = Text(Assert.Single(list.Json.GetProperty("items").EnumerateArray()), "id");
        var voucher = (await open.Api.Get($"/api/v1/vouchers/{id}")).Json;
        var head =
            $"{Text(voucher, "number")} of {Text(voucher.GetProperty("source"), "document")}: "
            + $"{Text(voucher, "total")} {Text(voucher, "currency")}";
        return string.Join(
            '\n',
            voucher
                .GetProperty("lines")
                .EnumerateArray()
                .Select(line => $"{Text(line, "account"), -6}  {Text(line, "debit")} {Text(line, "credit")}")
                .Prepend(head)
        );
    }

    // Debit, credit and amount of the vouchers with two lines, by number.
    private static async Task<List<string>> Accounts(OpenFactory open)
    {
        await using var session = await open.Database.OpenAsSuperuser();
        await using var command = new NpgsqlCommand(
            """
            select concat_ws(' ', max(account) filter (where debit > 0), max(account) filter (where credit > 0),
                trim_scale(sum(debit)))
            from accounting.voucher_line join accounting.voucher using (tenant_id, voucher_id)
            group by number having count(*) = 2 order by number
            """,
            session
        );
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
