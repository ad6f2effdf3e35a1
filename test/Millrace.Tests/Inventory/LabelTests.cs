using System.Net;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>What is printed is read back by a program that knows nothing of ours.</summary>
public sealed class LabelTests(Server server)
{
    [Fact]
    public async Task Bars_of_every_kind_of_code_are_read_back()
    {
        string[] codes =
        [
            "PMP-100",
            "1",
            "1234",
            "12345",
            "AB123456",
            "123456AB",
            "A1234B",
            "FG-DS-32-160",
            "~ !#Zz",
            "00000000000019",
        ];

        var read = await Read(LabelSheet.Print("codes", [.. codes.Select(code => new Label(code, "", [], code, "x"))]));

        Assert.Equal(codes.Order(StringComparer.Ordinal), read.Where(text => text != "x").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_labels_of_a_receipt_say_item_lot_and_expiry_to_eyes_and_scanners()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Database.Superuser(
            $"update catalog.item set tracking = 'lot', code = 'A|B-9' where item_id = '{open.Factory.Item}'"
        );
        var receipt = await open.Api.Post(
            "/api/v1/receipts",
            new
            {
                WarehouseId = open.Factory.Warehouse,
                Date = Factory.Today,
                Lines = new[]
                {
                    new
                    {
                        ItemId = open.Factory.Item,
                        Quantity = 2.5m,
                        Lot = "Ş-1",
                        Expires = new DateOnly(2030, 1, 31),
                    },
                },
            }
        );
        var number = receipt.Json.GetProperty("number").GetString();

        var pdf = await Printed.Get(open, $"/api/v1/receipts/{number}/labels/pdf?companyId={open.Factory.Company}&language=tr");

        Assert.Equal(["A%7CB-9|%C5%9E-1|2030-01-31", "A|B-9"], (await Read(pdf)).Order(StringComparer.Ordinal));
        var text = await Printed.Text(pdf);
        foreach (var words in (string[])["A|B-9", "Parti Ş-1", "SKT 31.01.2030", "2,5"])
            Assert.Contains(words, text, StringComparison.Ordinal);

        var of = $"/api/v1/items/{open.Factory.Item}/labels/pdf";
        Assert.Equal(6, (await Read(await Printed.Get(open, $"{of}?copies=3"))).Length);
        Assert.Equal(HttpStatusCode.BadRequest, (await open.Api.Get($"{of}?copies=501")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await open.Api.Get($"/api/v1/receipts/GR-0000-000000/labels/pdf?companyId={open.Factory.Company}")).Status
        );
    }

    [Fact]
    public async Task The_label_of_a_pallet_carries_its_number_as_scanners_expect_it_and_says_what_is_on_it()
    {
        await using var open = await OpenFactory.Start(server);
        var bin = new
        {
            WarehouseId = open.Factory.Warehouse,
            Bin = "MAIN",
            Sscc = "106141411234567897",
        };
        Assert.Equal(HttpStatusCode.Created, (await open.Api.Post("/api/v1/handling-units", bin)).Status);
        await open.Api.Post(
            "/api/v1/receipts",
            new
            {
                WarehouseId = open.Factory.Warehouse,
                Date = Factory.Today,
                Lines = open.Factory.Items.Select(item => new
                {
                    ItemId = item,
                    Quantity = 2.5m,
                    Bin = bin.Sscc,
                }),
            }
        );

        var pdf = await Printed.Get(open, $"/api/v1/handling-units/{bin.Sscc}/label/pdf?language=tr");

        Assert.Equal("00106141411234567897", Assert.Single(await Read(pdf)));
        // Behind the start (211232) stands what says that the number is one of GS1 (411131); no reader of pictures tells.
        Assert.StartsWith("211232411131", string.Concat(Code128.Widths("00" + bin.Sscc, ofGs1: true)), StringComparison.Ordinal);
        var text = await Printed.Text(pdf);
        foreach (var words in (string[])["106141411234567897", "2,5", "W1 · MAIN"])
            Assert.Contains(words, text, StringComparison.Ordinal);
    }

    // As a printer of 203 points to the inch would draw them.
    private static async Task<string[]> Read(byte[] pdf)
    {
        var folder = Server.NewDirectory();
        Directory.CreateDirectory(folder);
        await Printed.Run("pdftoppm", pdf, "-gray", "-r", "203", "-", Path.Combine(folder, "label"));
        var read = await Printed.Run("zbarimg", [], ["--quiet", "--raw", .. Directory.GetFiles(folder, "label-*.pgm")]);
        Directory.Delete(folder, recursive: true);
        return System.Text.Encoding.UTF8.GetString(read).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
