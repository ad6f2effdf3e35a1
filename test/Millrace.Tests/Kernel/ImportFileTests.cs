using System.Text;
using static Millrace.Tests.Importing;

namespace Millrace.Tests;

/// <summary>What files may look like, and what becomes of those that cannot be read.</summary>
public sealed class ImportFileTests(Server server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("windows-1254", ";", "Kod;Ad;Tür;Birim\r\nA-1;Çelik şaft ığ;Hammadde;adet\r\n")]
    [InlineData("utf-16", "\t", "Kod\tAd\tTür\tBirim\r\nA-1\tÇelik şaft ığ\tHammadde\tadet\r\n")]
    [InlineData("utf-8", ",", "unit,KIND,code,name\nadet,raw,A-1,Çelik şaft ığ")]
    [InlineData("utf-8", "|", "Birim|Tür|Kod|Ad\nadet|HAMMADDE|A-1|\"Çelik şaft ığ\"")]
    public async Task A_text_is_read_in_the_letters_and_with_the_separator_it_has(string letters, string separator, string text)
    {
        await using var open = await OpenFactory.Start(server, work: true);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(letters);

        var sent = await Send(open, "letters.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

        Assert.Equal((letters, separator), (Form(sent, "encoding"), Form(sent, "separator")));
        await Step(open, sent, "check", "checked");
        await Step(open, sent, "run", "done");
        Assert.Equal(1, await open.Count("catalog.item where code = 'A-1' and name = 'Çelik şaft ığ' and unit = 'adet'"));
    }

    [Fact]
    public async Task A_workbook_comes_back_as_it_was_exported()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await Whole(
            open,
            "partners.csv",
            "code,name,customer,country,paymentDays,note\nC-1,=Yıldız,yes,TR,45,-5 percent\nC-2,Ay,x,DE,0,\n"
        );

        var book = await open.Api.Http.GetByteArrayAsync(
            new Uri(
                "/api/v1/partners/export?format=xlsx&language=tr&column=code&column=name&column=customer&column=country"
                    + "&column=paymentDays&column=note",
                UriKind.Relative
            ),
            Stop
        );
        var sent = await Send(open, "partners.xlsx", book, "partners");
        var import = await Step(open, sent, "check", "checked");

        Assert.Equal("0 created, 0 updated, 2 unchanged, 0 faulty", Figures(import));
        Assert.Equal(1, await open.Count("catalog.partner where code = 'C-1' and name = '=Yıldız' and payment_days = 45"));
        // The same by way of a text, in which formulas have an apostrophe.
        var text = await open.Api.Http.GetByteArrayAsync(
            new Uri(
                "/api/v1/partners/export?language=tr&column=code&column=name&column=customer&column=paymentDays&column=note",
                UriKind.Relative
            ),
            Stop
        );
        import = await Step(open, await Send(open, "partners.csv", text, "partners"), "check", "checked");
        Assert.Equal("0 created, 0 updated, 2 unchanged, 0 faulty", Figures(import));
    }

    [Theory]
    [InlineData("empty.csv", "")]
    [InlineData("blank.csv", "\n\n  \n")]
    [InlineData("torn.xlsx", "PK\u0003\u0004 no workbook at all")]
    [InlineData("open.csv", "code,name\n\"A-1,x\n")]
    public async Task What_cannot_be_read_is_refused_in_words_and_keeps_nothing(string name, string text)
    {
        await using var open = await OpenFactory.Start(server, work: true);
        var padded = name == "open.csv" ? text + new string('x', 40_000) : text;

        var sent = await Send(open, name, Encoding.UTF8.GetBytes(padded));
        if ((int)sent.Status == 200)
            sent = await Failed(open, sent);

        Assert.Contains((int)sent.Status, new[] { 200, 400, 409, 415 });
        Assert.Equal(0, await open.Count("catalog.item where code like 'A-%'"));

        // A text whose end is missing looks whole at its beginning; the check finds it.
        async Task<Answer> Failed(OpenFactory there, Answer one)
        {
            await there.Api.Post($"{Address(one)}/check");
            var end = await Ended(there, one, "failed");
            Assert.NotNull(end.GetProperty("error").GetString());
            return one;
        }
    }
}
