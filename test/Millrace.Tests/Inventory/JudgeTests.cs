using System.Globalization;
using Millrace.Catalog;
using Millrace.Company;
using Millrace.Inventory;

namespace Millrace.Tests;

/// <summary>The judgement in the order of arrival, without a database.</summary>
public sealed class JudgeTests
{
    private static readonly Guid Company = Guid.CreateVersion7();
    private static readonly Guid Warehouse = Guid.CreateVersion7();
    private static readonly DateOnly Date = new(2026, 11, 20);
    private static readonly IReadOnlyList<Guid> Items = [Guid.CreateVersion7(), Guid.CreateVersion7()];

    // Lines of a request are joined by +; A and B are items, /X is the bin X. Short: wanted of available.
    [Theory]
    [InlineData(
        """
            there            asked               answered
            A10              A10                 ok
            A10              A10.5               short A10.5 of 10
            A10              A20  A5             short A20 of 10; ok
            A10              A6   A5  A4         ok; short A5 of 4; ok
            A10              A6   A6  A6         ok; short A6 of 4; short A6 of 4
            A10              A4+A4 A4            ok; short A4 of 2
            A10 B1           A5+B2 A10           short B2 of 1; ok
            A10 B1           A11+B2              short A11 of 10, B2 of 1
            -                A1                  short A1 of 0
            A0.000001        A0.000002 A0.000001 short A0.000002 of 0.000001; ok
            A5 A5/X          A5/X A5             ok; ok
            A5 A5/X          A6                  short A6 of 5
            A5 A5/X          A5+A5/X A1          ok; short A1 of 0
            A10 -A4          A7 A6               short A7 of 6; ok
            A5 A5/X -A4      A4+A4/X A5+A1/X     short A4 of 2, A4/X of 2; ok
            """
    )]
    public void An_issue_takes_what_is_there_and_not_promised_in_the_order_of_arrival(string table) =>
        Each(table, (stock, asked) => asked.Select(lines => MovementJudge.Judge(Movement(lines), stock).Refusal));

    [Theory]
    [InlineData(
        """
            there            asked               answered
            A10              A20  A5             short A20 of 10; ok
            A10              A6   A5  A4         ok; short A5 of 4; ok
            A10 -A4          A7   A6             short A7 of 6; ok
            A10 B1           A10+B2 A10          short B2 of 1; ok
            A10              A6+A6               short A12 of 10
            A5 A5/X          A10                 ok
            -                A1                  short A1 of 0
            """
    )]
    public void A_promise_takes_what_is_not_promised_in_the_order_of_arrival(string table) =>
        Each(
            table,
            (stock, asked) => asked.Select((lines, at) => ReservationJudge.Judge(Demand($"SO-{at}", lines), stock).Refusal)
        );

    [Fact]
    public void A_demand_that_has_its_promise_gets_it_again_whatever_it_asks_and_takes_nothing()
    {
        var stock = Stock("A10");
        var promised = new Promise(Guid.CreateVersion7(), Company, "SO-1", [], IsNew: false);
        stock.Found(promised, isOpen: true);

        var verdicts = (((string Demand, string Lines)[])[("SO-1", "A99"), ("SO-2", "A4"), ("SO-2", "A7"), ("SO-3", "A6")])
            .Select(one => ReservationJudge.Judge(Demand(one.Demand, one.Lines), stock))
            .ToList();

        Assert.Equal([false, true, false, true], verdicts.Select(one => one.Result.IsNew));
        Assert.Equal(promised.Id, verdicts[0].Result.Id);
        Assert.Equal(verdicts[1].Result.Id, verdicts[2].Result.Id);
        Assert.Equal(0m, stock.Available(Company, Items[0], Warehouse));
    }

    [Fact]
    public void The_sentence_names_the_numbers_and_the_facts_carry_them()
    {
        var refused = MovementJudge.Judge(Movement("A20.5"), Stock("A10")).Refusal!;

        Assert.Equal("inventory.short", refused.Code);
        Assert.Equal("Not enough A in W1: 20.5 wanted, 10 available.", refused.Message);
        Assert.Equal(new Shortage(Items[0], "A", Warehouse, "W1", 20.5m, 10m, 10.5m), Assert.Single(ShortagesOf(refused)));
    }

    [Fact]
    public void A_receipt_is_worth_its_quantity_at_cost_rounded_half_up_once_per_line()
    {
        var received = MovementJudge.Judge(Movement("A0.5+A0.333333+B3", MovementKind.Receipt), Stock("-")).Result;

        // A costs 1.25, B costs 0.005.
        Assert.Equal([0.63m, 0.42m, 0.02m], received.Lines.Select(line => line.Amount));
    }

    private static void Each(string table, Func<StockAtHand, string[], IEnumerable<Kernel.Refused?>> judge)
    {
        var lines = table.Split('\n');
        var (asked, answered) = (
            lines[0].IndexOf("asked", StringComparison.Ordinal),
            lines[0].IndexOf("answered", StringComparison.Ordinal)
        );
        foreach (var line in lines[1..])
        {
            var refusals = judge(Stock(line[..asked].Trim()), Words(line[asked..answered]));
            Assert.Equal(line, line[..answered] + string.Join("; ", refusals.Select(Shown)));
        }
    }

    private static string Shown(Kernel.Refused? refusal) =>
        refusal is null
            ? "ok"
            : "short "
                + string.Join(
                    ", ",
                    ShortagesOf(refusal)
                        .Select(one =>
                            FormattableString.Invariant(
                                $"{one.ItemCode}{one.Wanted:0.######}{Bin(refusal, one)} of {one.Available:0.######}"
                            )
                        )
                );

    // A shortage names no bin: the second one of an item is of the other bin.
    private static string Bin(Kernel.Refused refusal, Shortage one) =>
        ShortagesOf(refusal).TakeWhile(other => !ReferenceEquals(other, one)).Any(other => other.ItemId == one.ItemId)
            ? "/X"
            : "";

    private static IReadOnlyList<Shortage> ShortagesOf(Kernel.Refused refusal) =>
        (IReadOnlyList<Shortage>)refusal.Facts!.GetType().GetProperty("Shortages")!.GetValue(refusal.Facts)!;

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static (Guid Item, decimal Quantity, string Bin) Read(string word)
    {
        var parts = word.Split('/');
        return (
            Items[parts[0][0] - 'A'],
            decimal.Parse(parts[0][1..], CultureInfo.InvariantCulture),
            parts is [_, var bin] ? bin : Warehouses.MainBin
        );
    }

    private static MoveStock.Request Movement(string lines, MovementKind? kind = null) =>
        new(
            kind ?? MovementKind.Issue,
            Warehouse,
            Date,
            "consumption",
            "",
            [.. lines.Split('+').Select(Read).Select(one => new MoveStock.Line(one.Item, one.Quantity, one.Bin))]
        );

    private static ReserveStock.Request Demand(string demand, string lines) =>
        new(
            Company,
            demand,
            [.. lines.Split('+').Select(Read).Select(one => new ReserveStock.Line(one.Item, Warehouse, one.Quantity))]
        );

    // "A10 B1/X -A4": ten of A in the main bin, one of B in the bin X, four of A promised.
    private static StockAtHand Stock(string there)
    {
        var stock = new StockAtHand
        {
            Warehouses = new Dictionary<Guid, StockAtHand.Warehouse> { [Warehouse] = new(Warehouse, Company, "W1") },
            Companies = new Dictionary<Guid, ListCompanies.Row>
            {
                [Company] = new(Company, "C1", "Company", "TRY", 2, "Europe/Istanbul", new DateOnly(2026, 11, 30)),
            },
            Items = new Dictionary<(Guid, Guid), ItemFacts.Row>
            {
                [(Company, Items[0])] = new(Company, Items[0], "A", ItemKind.Raw, false, 1.25m),
                [(Company, Items[1])] = new(Company, Items[1], "B", ItemKind.Raw, false, 0.005m),
            },
            Bins = ((string[])[Warehouses.MainBin, "X"]).ToDictionary(
                bin => (Warehouse, bin),
                bin => new StockReads.Place(Warehouse, bin, RemovalOrder: 0, IsClosed: false, IsUnit: false)
            ),
            Periods = [new Periods.State(Company, new DateOnly(2026, 11, 1), Closed: false)],
        };
        foreach (var word in Words(there).Where(word => word != "-"))
        {
            var (item, quantity, bin) = Read(word.TrimStart('-'));
            if (word[0] == '-')
                stock.Give(
                    new Promise(
                        Guid.CreateVersion7(),
                        Company,
                        "before",
                        [new PromisedLine(item, "", Warehouse, "W1", quantity)],
                        IsNew: true
                    )
                );
            else
                stock.Move(Company, new DetailKey(item, Warehouse, bin, ""), quantity);
        }
        return stock;
    }
}
