using System.Net;

namespace Millrace.Tests;

public sealed class PrintTests(Server server)
{
    private static readonly byte[] Dot = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    [Theory]
    [InlineData("tr", "Muhasebe fişi", "Borç", "2.500,00")]
    [InlineData("en", "Voucher", "Debit", "2,500.00")]
    public async Task A_voucher_is_printed_with_its_letterhead_totals_and_turkish_letters(
        string language,
        string title,
        string debit,
        string total
    )
    {
        await using var open = await OpenFactory.Start(server);
        var voucher = await Voucher(open, 250);
        await SetLetterhead(open);

        var text = await Printed.Text(await Printed.Get(open, $"/api/v1/vouchers/{voucher}/pdf?language={language}"));

        foreach (var words in (string[])[title, debit, total, "Factory Ltd", "İğdır Şubesi, Çiğdem Sokak 7"])
            Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Matches("1 ?/ ?1", text);
        // The fact above the table, a line's amount on each side, and the two totals.
        Assert.Equal(5, text.Split(total).Length - 1);
    }

    [Fact]
    public async Task A_long_stock_list_has_page_numbers_and_every_line_once()
    {
        await using var open = await OpenFactory.Start(server);
        await using (var db = open.Factory.Open())
        {
            await db.Execute(
                $"""
                insert into catalog.item (tenant_id, item_id, code, name, kind, unit)
                select {open.Factory.Tenant}, gen_random_uuid(), 'L-' || lpad(n::text, 4, '0'),
                    'Uzun çelik boru ğüşöçİ ' || n, 'raw', 'm'
                from generate_series(1, 150) n
                """
            );
            await db.Execute(
                $"""
                insert into inventory.balance (tenant_id, company_id, warehouse_id, item_id, on_hand, reserved)
                select tenant_id, {open.Factory.Company}, {open.Factory.Warehouse}, item_id, 1234.5, 0
                from catalog.item where code like 'L-%'
                """
            );
            await db.Commit();
        }

        var text = await Printed.Text(await Printed.Get(open, $"/api/v1/stock/pdf?companyId={open.Factory.Company}&language=tr"));

        // Columns may close up the spaces between short words.
        var pages = text.Split('\f', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(pages.Length >= 4, $"Only {pages.Length} pages.");
        foreach (var (at, page) in pages.Index())
            Assert.Matches($"{at + 1} ?/ ?{pages.Length}\\s*$", page);
        Assert.Contains("Uzun çelik boru ğüşöçİ 150", text, StringComparison.Ordinal);
        Assert.Contains("1.234,5 m", text, StringComparison.Ordinal);
        for (var n = 1; n <= 150; n++)
            Assert.Equal(2, text.Split($"L-{n:0000}").Length);
    }

    [Fact]
    public async Task The_logo_stands_on_the_page_and_the_page_is_not_blank()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(10);
        var before = await Ink(await Printed.Get(open, $"/api/v1/stock/pdf?companyId={open.Factory.Company}"));

        await SetLetterhead(open, await Attach(open, "logo.png", Dot));
        var after = await Ink(await Printed.Get(open, $"/api/v1/stock/pdf?companyId={open.Factory.Company}"));

        Assert.True(before > 1000, $"Only {before} points of the page are dark.");
        // A logo of one point is drawn 60 points high: 120 dots at this resolution, squared.
        Assert.True(after - before > 5000, $"{before} points were dark before the logo and {after} with it.");
    }

    [Fact]
    public async Task A_picture_that_would_unpack_to_gigabytes_is_no_logo()
    {
        await using var open = await OpenFactory.Start(server);
        var bomb = (byte[])Dot.Clone();
        (bomb[16], bomb[17], bomb[18], bomb[19]) = (0, 0, 0xC3, 0x50); // 50,000 wide
        var logo = await Attach(open, "bomb.png", bomb);

        var answer = await Letterhead(open, logo);

        Assert.Equal((HttpStatusCode.Conflict, "logo.unsuitable"), (answer.Status, answer.Code));
        Assert.Contains("at most 2000", answer.Text, StringComparison.Ordinal);
        Assert.Equal(0L, await open.Count("company.letterhead"));
    }

    [Fact]
    public async Task An_adjustment_is_printed_with_its_differences_and_only_for_its_own_organisation()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(20);
        var made = await open.Api.Post(
            "/api/v1/stock-adjustments",
            new
            {
                companyId = open.Factory.Company,
                date = Factory.Today,
                note = "Yıl sonu sayımı",
                lines = new object[]
                {
                    new
                    {
                        itemId = open.Factory.Item,
                        warehouseId = open.Factory.Warehouse,
                        difference = "-1234.5",
                        reason = "damage",
                        note = "ıslak",
                    },
                    new
                    {
                        itemId = open.Factory.Items[1],
                        warehouseId = open.Factory.Warehouse,
                        difference = "2",
                        reason = "found",
                    },
                },
            }
        );
        var path = $"/api/v1/stock-adjustments/{made.Json.GetProperty("id").GetString()}/pdf";
        var other = await Factory.Make(open.Database.Dbs, "Other");
        using var stranger = await open.App.Authorize(await other.AddClient("machine"));

        var text = await Printed.Text(await Printed.Get(open, $"{path}?language=tr"));

        foreach (
            var said in (string[])["SA-", "Taslak", "Yıl sonu sayımı", "IT-001", "ıslak", "1.234,5", "Hasar", "+2", "Bulunan"]
        )
            Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(path)).Status);
    }

    [Fact]
    public async Task A_foreign_companys_stock_and_voucher_and_a_file_of_another_document_are_not_here()
    {
        await using var open = await OpenFactory.Start(server);
        var voucher = await Voucher(open, 10);
        var other = await Factory.Make(open.Database.Dbs, "Other");
        using var stranger = await open.App.Authorize(await other.AddClient("machine"));

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/api/v1/vouchers/{voucher}/pdf")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/api/v1/stock/pdf?companyId={open.Factory.Company}")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await stranger.Post($"/api/v1/vouchers/{voucher}/mails", new { to = "a@b.example", language = "en" })).Status
        );
        Assert.Equal(HttpStatusCode.NotFound, (await Letterhead(open, Guid.CreateVersion7())).Status);
    }

    [Fact]
    public async Task A_voucher_and_a_stock_list_leave_by_mail_with_their_pdf()
    {
        await using var open = await OpenFactory.Start(server);
        await using var mails = await MailServer.Start();
        var voucher = await Voucher(open, 250);
        await open.SetMail(MailWork.Settings(mails.Port));
        await using var work = await MailWork.Start(open.Database);
        var key = Guid.CreateVersion7();
        var request = new
        {
            to = "muhasebe@firma.example",
            language = "tr",
            note = "Bilginize",
        };

        var first = await open.Api.Post($"/api/v1/vouchers/{voucher}/mails", request, key);
        var again = await open.Api.Post($"/api/v1/vouchers/{voucher}/mails", request, key);
        await open.MailIs("sent");
        await open.Api.Post(
            "/api/v1/stock/mails",
            new
            {
                companyId = open.Factory.Company,
                to = "depo@firma.example",
                language = "tr",
                query = "filter=item:is:NO-SUCH-ITEM",
            }
        );
        await open.MailIs("sent");

        Assert.Equal((HttpStatusCode.OK, first.Text), (first.Status, again.Text));
        await Eventually.True(() => Task.FromResult(mails.Taken().Count == 2), "both have arrived");
        Assert.Contains("Muhasebe fişi", await Attached("muhasebe@"), StringComparison.Ordinal);
        // The stock list holds what was asked for and nothing else, on paper and by mail.
        var (all, none) = ($"/api/v1/stock/pdf?companyId={open.Factory.Company}", "&filter=item:is:NO-SUCH-ITEM");
        Assert.Contains("IT-001", await Printed.Text(await Printed.Get(open, all)), StringComparison.Ordinal);
        Assert.DoesNotContain("IT-001", await Printed.Text(await Printed.Get(open, all + none)), StringComparison.Ordinal);
        Assert.DoesNotContain("IT-001", await Attached("depo@"), StringComparison.Ordinal);
        var listed = await open.Api.Get($"/api/v1/mails?filter=documentType:is:voucher&filter=documentId:is:{voucher}");
        Assert.Single(listed.Json.GetProperty("items").EnumerateArray());

        Task<string> Attached(string to)
        {
            var mail = Assert.Single(mails.Taken(), one => one.Contains($"To: {to}", StringComparison.Ordinal));
            var part = mail.ReplaceLineEndings("\n").Split("Content-Type: application/pdf")[1].Split("\n\n")[1].Split("\n--")[0];
            return Printed.Text(Convert.FromBase64String(part));
        }
    }

    private static async Task<string> Voucher(OpenFactory open, decimal quantity)
    {
        await open.Stock(quantity);
        await open.Database.PostVouchers();
        return await open.Database.Superuser<string>("select voucher_id::text from accounting.voucher");
    }

    private static async Task<Guid> Attach(OpenFactory open, string name, byte[] content)
    {
        var id = Guid.CreateVersion7();
        using var body = new ByteArrayContent(content);
        using var answer = await open.Api.Http.PutAsync(
            new Uri(
                $"/api/v1/attachments/{id}?documentType=company&documentId={open.Factory.Company}&name={name}",
                UriKind.Relative
            ),
            body
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return id;
    }

    private static async Task SetLetterhead(OpenFactory open, Guid? logo = null) =>
        Assert.Equal(HttpStatusCode.OK, (await Letterhead(open, logo)).Status);

    private static Task<Answer> Letterhead(OpenFactory open, Guid? logo) =>
        open.Api.Put(
            $"/api/v1/companies/{open.Factory.Company}/letterhead",
            new
            {
                Address = new[] { "İğdır Şubesi, Çiğdem Sokak 7", "34000 İstanbul" },
                TaxOffice = "Beyoğlu",
                TaxNumber = "1234567890",
                Phone = "",
                Email = "",
                Website = "",
                LogoId = logo,
            },
            version: 1
        );

    /// <summary>How many points of the first page are not white.</summary>
    private static async Task<int> Ink(byte[] pdf)
    {
        var picture = await Printed.Run("pdftoppm", pdf, "-gray", "-r", "144", "-f", "1", "-l", "1", "-");
        return picture.Skip(20).Count(point => point < 220);
    }
}
