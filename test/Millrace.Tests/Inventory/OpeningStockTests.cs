using System.Text;
using System.Text.Json;
using Millrace.Inventory;
using static Millrace.Tests.Importing;

namespace Millrace.Tests;

/// <summary>The stock a company begins with: into the stock, into the books, again, and back out.</summary>
public sealed class OpeningStockTests(Server server)
{
    [Fact]
    public async Task It_is_in_the_stock_and_in_the_books_with_its_cost_and_goes_out_again_whole()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await using (var db = open.Factory.Open())
        {
            await Catalog.CreateItem.Run(db, new("NEW-1", "Without a cost", "goods", "pcs"));
            await db.Commit();
        }

        var sent = await Begin(
            open,
            $"item,warehouse,lot,quantity,date,cost\nIT-001,W1,,12,{Day},\nIT-001,W1,L1,3,{Day},10\nNEW-1,W2,,4,{Day},2.5\n"
        );
        Assert.Equal("3 created, 0 updated, 0 unchanged, 0 faulty", Figures(await Step(open, sent, "run", "done")));

        Assert.Equal("IT-001 W1 15, NEW-1 W2 4", await Stock(open));
        await Eventually.True(
            async () => await open.Count("accounting.voucher_line where account = '500' and credit = 160.00") == 1,
            "the books have 15 at 10 and 4 at 2.5"
        );
        await open.Database.AssertVerified();

        Assert.Equal(JsonValueKind.Null, (await Step(open, sent, "undo", "undone")).GetProperty("error").ValueKind);
        Assert.Equal("IT-001 W1 0, NEW-1 W2 0", await Stock(open));
        Assert.Equal(0, await open.Count("inventory.opening"));
        await open.Database.AssertVerified();
    }

    [Fact]
    public async Task A_second_file_posts_only_the_difference_and_undo_gives_back_the_first()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await Step(
            open,
            await Begin(open, $"item,warehouse,quantity,date\nIT-001,W1,12,{Day}\nIT-002,W1,5,{Day}\n"),
            "run",
            "done"
        );

        var second = await Begin(open, $"item,warehouse,bin,quantity,date\nIT-001,W1,MAIN,9,{Day}\nIT-002,W1,,5,{Day}\n");
        Assert.Equal("0 created, 1 updated, 1 unchanged, 0 faulty", Figures(await Step(open, second, "run", "done")));
        Assert.Equal("IT-001 W1 9, IT-002 W1 5", await Stock(open));
        Assert.Equal(3, await open.Count("inventory.movement"));

        await Step(open, second, "undo", "undone");
        Assert.Equal("IT-001 W1 12, IT-002 W1 5", await Stock(open));
        await open.Database.AssertVerified();
    }

    [Fact]
    public async Task Every_row_says_what_is_wrong_with_it_and_the_good_ones_go_in_alone()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        var sent = await Send(
            open,
            "opening.csv",
            Encoding.UTF8.GetBytes(
                $"""
                item,warehouse,bin,quantity,date,cost
                IT-001,W1,,1,{Day},10
                IT-009,W1,,1,{Day},
                IT-001,W9,,1,{Day},
                IT-001,W1,Z-99,1,{Day},
                IT-001,W1,MAIN,2,{Day},
                IT-002,W1,,-1,{Day},
                IT-002,W1,,1,1999-01-01,
                IT-003,W1,,1,{Day},31
                """
            ),
            "openingStock"
        );
        await Understand(open, sent, onlyGood: true);
        var import = await Step(open, sent, "check", "checked");

        Assert.Equal(
            [
                "3 item unknown",
                "4 warehouse unknown",
                "5 quantity bin.unknown",
                "6 item twice",
                "7 quantity rule",
                "8 quantity company.no_period",
                "9 cost cost_differs",
            ],
            await Faults(open, import)
        );
        Assert.Equal(0, await open.Count("inventory.movement"));
        Assert.Equal("1 created, 0 updated, 0 unchanged, 7 faulty", Figures(await Step(open, sent, "run", "done")));
        // What was judged and refused has its balance now, which says that there is nothing.
        Assert.Equal("IT-001 W1 1, IT-002 W1 0", await Stock(open));
    }

    [Fact]
    public async Task What_is_promised_or_gone_keeps_an_import_from_being_taken_back()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        var sent = await Begin(open, $"item,warehouse,quantity,date\nIT-001,W1,10,{Day}\nIT-002,W1,10,{Day}\n");
        await Step(open, sent, "run", "done");
        await open.Reserve("SO-1", 4);

        var refused = await Step(open, sent, "undo", "done");

        Assert.Equal(["2 item depends"], await Faults(open, refused));
        Assert.Equal("IT-001 W1 10, IT-002 W1 10", await Stock(open));
        Assert.Equal(2, await open.Count("inventory.opening"));
        await open.Database.AssertVerified();
    }

    private static string Day => FormattableString.Invariant($"{Factory.Today:yyyy-MM-dd}");

    private static async Task<Answer> Begin(OpenFactory open, string text)
    {
        var sent = await Send(open, "opening.csv", Encoding.UTF8.GetBytes(text), "openingStock");
        await Understand(open, sent, onlyGood: false);
        await Step(open, sent, "check", "checked");
        return sent;
    }

    private static async Task<string> Stock(OpenFactory open) =>
        string.Join(
            ", ",
            (await open.Api.Get($"/api/v1/stock?companyId={open.Factory.Company}"))
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(row =>
                    string.Join(
                        ' ',
                        row.GetProperty("itemCode"),
                        row.GetProperty("warehouseCode"),
                        row.GetProperty("onHand").GetString()!.Split('.')[0]
                    )
                )
        );
}
