using System.Text;
using ExcelDataReader;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>Lists as files.</summary>
public sealed class ExportTests(Server server)
{
    // The reader of workbooks knows the letters of old ones by it.
    static ExportTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Case("X3")]
    public async Task An_export_has_all_matches_no_formulas_and_whole_numbers()
    {
        await using var open = await OpenFactory.Start(server);
        await ListTests.Add(open, 120);
        await open.Api.Post("/api/v1/items", ListTests.Body("L-900", "=HYPERLINK(\"http://x\")", "raw"));
        await open.Api.Post("/api/v1/items", ListTests.Body("L-901", "-5 mm seal; \"red\"", "raw"));

        var csv = await open.Api.Http.GetAsync(
            new Uri(
                "/api/v1/items/export?filter=code:starts:L-&column=code&column=name&column=kind&language=tr",
                UriKind.Relative
            ),
            Stop
        );
        var text = await csv.Content.ReadAsStringAsync(Stop);
        var lines = text.TrimEnd().Split("\r\n");

        Assert.Equal("attachment", csv.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(Encoding.UTF8.GetPreamble(), (await csv.Content.ReadAsByteArrayAsync(Stop))[..3]);
        Assert.Equal("Kod;Ad;Tür", lines[0]);
        Assert.Equal(123, lines.Length);
        Assert.Contains("L-900;\"'=HYPERLINK(\"\"http://x\"\")\";Hammadde", lines);
        Assert.Contains("L-901;\"'-5 mm seal; \"\"red\"\"\";Hammadde", lines);

        var book = await Workbook(open, "/api/v1/items/export?filter=code:starts:L-9&format=xlsx&column=name&column=created");
        Assert.Equal(["Name", "Created"], book[0]);
        Assert.Equal("=HYPERLINK(\"http://x\")", book[1][0]);
        Assert.IsType<DateTime>(book[1][1]);
    }

    [Fact, Case("X3")]
    public async Task Negative_figures_stay_figures_in_every_format()
    {
        var stream = new MemoryStream();
        await using (var sheet = await ISheet.Open("csv", stream, "tr", Stop))
            await sheet.Row([-1234.5m, "-1234.5", new DateOnly(2026, 1, 31), true, null]);
        Assert.Equal("﻿-1234,5;'-1234.5;31.01.2026;evet;\r\n", Encoding.UTF8.GetString(stream.ToArray()));

        var book = new MemoryStream();
        await using (var sheet = await ISheet.Open("xlsx", book, "en", Stop))
        {
            await sheet.Head(["n"]);
            await sheet.Row([-1234.5m]);
        }
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(book);
        reader.Read();
        reader.Read();
        Assert.Equal(-1234.5, reader.GetDouble(0));
    }

    private static async Task<List<object?[]>> Workbook(OpenFactory open, string address)
    {
        await using var book = new MemoryStream(await open.Api.Http.GetByteArrayAsync(new Uri(address, UriKind.Relative), Stop));
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(book);
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
        return rows;
    }
}
