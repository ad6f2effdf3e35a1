using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Millrace.Tests;

/// <summary>Zips and office files are judged by their lists of contents; nothing of them is unpacked.</summary>
public sealed class ArchiveTests(Server server)
{
    private const string Docx = "[Content_Types].xml word/document.xml";

    [Theory]
    [InlineData("letter.docx", Docx, null)]
    [InlineData("table.xlsx", "[Content_Types].xml xl/workbook.xml xl/worksheets/sheet1.xml", null)]
    [InlineData("talk.pptx", "[Content_Types].xml ppt/presentation.xml", null)]
    [InlineData("letter.odt", "mimetype=application/vnd.oasis.opendocument.text content.xml", null)]
    [InlineData("table.ods", "mimetype=application/vnd.oasis.opendocument.spreadsheet content.xml", null)]
    [InlineData("any.zip", "a.txt folder/b.exe", null)]
    [InlineData("letter.docx", "a.txt", "attachment.type_lies")]
    [InlineData("letter.docx", "word/document.xml", "attachment.type_lies")]
    [InlineData("table.xlsx", Docx, "attachment.type_lies")]
    [InlineData("letter.odt", "mimetype=application/vnd.oasis.opendocument.spreadsheet content.xml", "attachment.type_lies")]
    [InlineData("letter.odt", "content.xml", "attachment.type_lies")]
    [InlineData("table.xlsx", "[Content_Types].xml xl/workbook.xml xl/vbaproject.BIN", "attachment.macro")]
    [InlineData("letter.docx", $"{Docx} word/vbaProject.bin", "attachment.macro")]
    [InlineData(
        "table.ods",
        "mimetype=application/vnd.oasis.opendocument.spreadsheet content.xml Basic/Standard/x.xml",
        "attachment.macro"
    )]
    public async Task An_office_file_is_known_by_what_it_holds(string name, string entries, string? refusal)
    {
        await using var open = await OpenFactory.Start(server);
        using var file = new MemoryStream();
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var entry in entries.Split(' ').Select(one => one.Split('=', 2)))
                await using (var content = await zip.CreateEntry(entry[0]).OpenAsync(Stop))
                    await content.WriteAsync(System.Text.Encoding.ASCII.GetBytes(entry.Length > 1 ? entry[1] : "<x/>"), Stop);

        await Judged(open, name, file.ToArray(), refusal);
    }

    [Fact]
    public async Task A_zip_that_would_burst_is_refused_and_one_that_is_only_well_packed_is_kept_as_it_is()
    {
        await using var open = await OpenFactory.Start(server);

        await Judged(open, "fifty.zip", await Zeros(50), refusal: null);
        await Judged(open, "bomb.zip", await Zeros(200), "attachment.bomb");
        // One entry said to stand in a file several times over: more packed bytes than there are.
        await Judged(open, "overlapping.zip", Overlapping(await Zeros(1), 50), "attachment.bomb");
        await Judged(open, "many.zip", await Entries(10_001), "attachment.bomb");
        await Judged(open, "cut.zip", (await Zeros(1))[..500], "attachment.type_lies");
        await Judged(
            open,
            "large.zip",
            [.. "PK\u0003\u0004"u8, .. new byte[5_000_000], .. "PK\u0005\u0006"u8, .. new byte[18]],
            "attachment.bomb"
        );
    }

    [Fact]
    public async Task What_is_refused_is_in_the_log_with_who_sent_it()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        var lines = new LogLines();
        await using var app = await App.Start(
            database.ConnectionString,
            work: false,
            with: all =>
                all.AddSingleton<ILoggerProvider>(lines)
                    .Configure<LoggerFilterOptions>(one => one.MinLevel = LogLevel.Information)
        );
        using var api = await app.Authorize(await factory.AddClient("machine"));
        using var content = new ByteArrayContent(await Zeros(200));
        using var answer = await api.Http.PutAsync(Address(factory.Company, "bomb.zip"), content, Stop);
        using var nobody = app.Anonymous();
        await nobody.Send(HttpMethod.Post, "/api/v1/session", new { email = "a@b.example", password = "guessed" }, key: null);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(lines.All, line => line.Contains("bomb.zip", Ordinal) && line.Contains("attachment.bomb", Ordinal));
        Assert.Contains(lines.All, line => line.Contains("PUT /api/v1/attachments/", Ordinal) && line.Contains("409", Ordinal));
        Assert.Contains(lines.All, line => line.Contains("401", Ordinal) && line.Contains("sign_in.refused 127.0.0.1", Ordinal));
        Assert.DoesNotContain(lines.All, line => line.Contains("guessed", Ordinal));
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Uri Address(Guid company, string name) =>
        new(
            $"/api/v1/attachments/{Guid.CreateVersion7()}?documentType=company&documentId={company}&name={name}",
            UriKind.Relative
        );

    private static async Task Judged(OpenFactory open, string name, byte[] file, string? refusal)
    {
        var before = await open.Count("kernel.attachment");
        using var content = new ByteArrayContent(file);
        using var answer = await open.Api.Http.PutAsync(Address(open.Factory.Company, name), content, Stop);

        var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement;
        Assert.Equal(refusal, said.TryGetProperty("code", out var code) ? code.GetString() : null);
        Assert.Equal(refusal is null ? HttpStatusCode.OK : HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(before + (refusal is null ? 1 : 0), await open.Count("kernel.attachment"));
    }

    private static async Task<byte[]> Zeros(int megabytes)
    {
        using var file = new MemoryStream();
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        await using (var entry = await zip.CreateEntry("zeros").OpenAsync(Stop))
            for (var megabyte = 0; megabyte < megabytes; megabyte++)
                await entry.WriteAsync(new byte[1024 * 1024], Stop);
        return file.ToArray();
    }

    private static async Task<byte[]> Entries(int count)
    {
        using var file = new MemoryStream();
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            for (var at = 0; at < count; at++)
                zip.CreateEntry($"{at}");
        return file.ToArray();
    }

    /// <summary>The list of contents names the one entry again and again.</summary>
    private static byte[] Overlapping(byte[] zip, int times)
    {
        var start = (int)BitConverter.ToUInt32(zip, zip.Length - 6);
        var list = zip[start..^22];
        var end = zip[^22..];
        BitConverter.TryWriteBytes(end.AsSpan(8), (ushort)times);
        BitConverter.TryWriteBytes(end.AsSpan(10), (ushort)times);
        BitConverter.TryWriteBytes(end.AsSpan(12), list.Length * times);
        return [.. zip[..start], .. Enumerable.Repeat(list, times).SelectMany(one => one), .. end];
    }
}
