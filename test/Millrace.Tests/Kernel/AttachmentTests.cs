using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Millrace.Tests;

public sealed class AttachmentTests(Server server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, .. new byte[600_000]];

    [Fact]
    public async Task A_file_is_attached_listed_saved_as_it_was_and_taken_away()
    {
        await using var open = await OpenFactory.Start(server);
        var id = Guid.CreateVersion7();

        var (status, attached) = await Attach(open, id, "Fatura No 1 ğüş.pdf", Pdf, "application/pdf");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Fatura No 1 ğüş.pdf", attached.GetProperty("name").GetString());
        Assert.Equal(3L, await open.Count("kernel.attachment_part"));
        var listed = (await open.Api.Get(List(open))).Json.GetProperty("items");
        Assert.Equal(Pdf.Length, Assert.Single(listed.EnumerateArray()).GetProperty("size").GetInt64());
        using var answer = await Content(open, id);
        Assert.Equal(Pdf, await answer.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("Fatura No 1 ğüş.pdf", answer.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());

        var gone = await open.Api.Send(HttpMethod.Delete, $"/api/v1/attachments/{id}", null, null);

        Assert.Equal(HttpStatusCode.NoContent, gone.Status);
        Assert.Empty((await open.Api.Get(List(open))).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await Content(open, id)).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await open.Api.Send(HttpMethod.Delete, $"/api/v1/attachments/{id}", null, null)).Status
        );
    }

    [Fact]
    public async Task The_same_file_under_the_same_id_is_the_same_request_and_another_one_is_refused()
    {
        await using var open = await OpenFactory.Start(server);
        var id = Guid.CreateVersion7();

        var (_, first) = await Attach(open, id, "a.txt", "one"u8.ToArray());
        var (again, second) = await Attach(open, id, "a.txt", "one"u8.ToArray());
        var (other, refused) = await Attach(open, id, "a.txt", "two"u8.ToArray());

        Assert.Equal((HttpStatusCode.OK, first.GetRawText()), (again, second.GetRawText()));
        Assert.Equal((HttpStatusCode.Conflict, "attachment.id_taken"), (other, refused.GetProperty("code").GetString()));
        Assert.Equal(1L, await open.Count("kernel.attachment_part"));
    }

    [Theory]
    [InlineData("invoice.pdf", "application/pdf", "MZ this is a program")]
    [InlineData("photo.png", "image/png", "%PDF-1.7")]
    [InlineData("photo.png", "application/pdf", "%PDF-1.7")]
    [InlineData("notes.txt", "text/html", "words")]
    [InlineData("notes.txt", "text/plain", " \n<!DOCTYPE html><script>alert(1)</script>")]
    [InlineData("notes.csv", "text/csv", "<svg onload=alert(1)>")]
    [InlineData("notes.txt", "text/plain", "a\0b")]
    [InlineData("data.xml", "text/xml", "<html xmlns='x'/>")]
    [InlineData("table.xlsx", "", "not a zip")]
    [InlineData("old.doc", "", "PK\u0003\u0004")]
    public async Task A_file_that_is_not_what_it_says_is_refused(string name, string declared, string content)
    {
        await using var open = await OpenFactory.Start(server);

        var (status, said) = await Attach(open, Guid.CreateVersion7(), name, Encoding.UTF8.GetBytes(content), declared);

        Assert.Equal((HttpStatusCode.Conflict, "attachment.type_lies"), (status, said.GetProperty("code").GetString()));
        Assert.Equal(0L, await open.Count("kernel.attachment"));
    }

    [Theory]
    [InlineData("page.html"), InlineData("picture.svg"), InlineData("run.exe"), InlineData("a.js"), InlineData("none")]
    [InlineData("report.pdf.exe"), InlineData("macro.xlsm")]
    public async Task A_kind_that_is_not_taken_is_refused_with_the_kinds_that_are(string name)
    {
        await using var open = await OpenFactory.Start(server);

        var (status, said) = await Attach(open, Guid.CreateVersion7(), name, "x"u8.ToArray());

        Assert.Equal((HttpStatusCode.Conflict, "attachment.kind_unknown"), (status, said.GetProperty("code").GetString()));
        Assert.Contains("pdf, png, jpg", said.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie_ x=1.txt")]
    [InlineData("gpj.\u202Etxt", "gpj.txt")]
    [InlineData(" .hidden.txt. ", "hidden.txt")]
    [InlineData("a\"b<c>.txt", "a_b_c_.txt")]
    public async Task Tricks_in_a_name_are_cut_down_to_a_plain_one(string given, string kept)
    {
        await using var open = await OpenFactory.Start(server);

        var (status, attached) = await Attach(open, Guid.CreateVersion7(), given, "x"u8.ToArray());

        Assert.Equal((HttpStatusCode.OK, kept), (status, attached.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData(""), InlineData(".."), InlineData("///"), InlineData("\u202E")]
    [InlineData("../../etc/passwd.txt"), InlineData("C:\\Users\\ayşe\\fiş.txt"), InlineData("C:fiş.txt")]
    [InlineData("a/b.txt")]
    public async Task A_name_with_a_path_in_it_or_with_nothing_left_is_refused(string name)
    {
        await using var open = await OpenFactory.Start(server);

        var (status, said) = await Attach(open, Guid.CreateVersion7(), name, "x"u8.ToArray());

        Assert.Equal((HttpStatusCode.BadRequest, "input.invalid"), (status, said.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Thirty_megabytes_are_refused_with_the_limit_whether_announced_or_not(bool announced)
    {
        await using var open = await OpenFactory.Start(server);
        var body = new StreamContent(new MemoryStream(new byte[30 * 1024 * 1024]));
        if (!announced)
            body.Headers.ContentLength = null;
        using var request = Request(open, Guid.CreateVersion7(), "big.txt", body);
        request.Headers.ExpectContinue = true;
        request.Headers.TransferEncodingChunked = announced ? null : true;

        try
        {
            using var answer = await open.Api.Http.SendAsync(request, Stop);

            var said = await answer.Content.ReadAsStringAsync(Stop);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            Assert.Contains("larger than 25 MB", said, StringComparison.Ordinal);
        }
        catch (HttpRequestException cut) when (!announced && cut.InnerException is IOException)
        {
            // The server reads no further and closes; whether its answer overtakes the rest of the body is the network's affair.
        }
        Assert.Equal(0L, await open.Count("kernel.attachment"));
        Assert.Equal(0L, await open.Count("kernel.attachment_part"));
    }

    [Fact]
    public async Task A_foreign_tenants_file_and_document_are_not_here()
    {
        await using var open = await OpenFactory.Start(server);
        var id = Guid.CreateVersion7();
        await Attach(open, id, "a.txt", "secret"u8.ToArray());
        var other = await Factory.Make(open.Database.Dbs, "Other");
        using var stranger = await open.App.Authorize(await other.AddClient("machine"));
        var before = await open.Database.Contents("kernel.answer");

        using var content = await stranger.Http.GetAsync(new Uri($"/api/v1/attachments/{id}/content", UriKind.Relative), Stop);
        var delete = await stranger.Send(HttpMethod.Delete, $"/api/v1/attachments/{id}", null, null);
        var list = await stranger.Get(List(open));
        using var request = Request(open, Guid.CreateVersion7(), "mine.txt", new ByteArrayContent("x"u8.ToArray()));
        using var attach = await stranger.Http.SendAsync(request, Stop);

        foreach (var status in (HttpStatusCode[])[content.StatusCode, delete.Status, list.Status, attach.StatusCode])
            Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(before, await open.Database.Contents("kernel.answer"));
        // The same id, taken by the other tenant, is a file of its own.
        using var twin = Request(open, id, "a.txt", new ByteArrayContent("theirs"u8.ToArray()), company: other.Company);
        using var theirs = await stranger.Http.SendAsync(twin, Stop);
        Assert.Equal(HttpStatusCode.OK, theirs.StatusCode);
        Assert.Equal("secret", await (await Content(open, id)).Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Who_may_not_see_the_document_sees_none_of_its_files()
    {
        await using var open = await OpenFactory.Start(server);
        var id = Guid.CreateVersion7();
        await Attach(open, id, "a.txt", "x"u8.ToArray());
        using var half = await open.App.Authorize(
            await open.Factory.AddClient("half", ["kernel.attachment.read", "kernel.attachment.write"])
        );

        Assert.Equal("auth.forbidden", (await half.Get(List(open))).Code);
        Assert.Equal("auth.forbidden", (await half.Get($"/api/v1/attachments/{id}/content")).Code);
        Assert.Equal("auth.forbidden", (await half.Send(HttpMethod.Delete, $"/api/v1/attachments/{id}", null, null)).Code);
        Assert.Equal("input.invalid", (await half.Get("/api/v1/attachments?documentType=nothing&documentId=1")).Code);
    }

    [Fact]
    public async Task A_file_whose_content_was_changed_in_the_database_never_arrives_whole()
    {
        await using var open = await OpenFactory.Start(server);
        var id = Guid.CreateVersion7();
        await Attach(open, id, "a.pdf", Pdf);
        await open.Database.Superuser(
            "update kernel.attachment_part set content = overlay(content placing '\\x01' from 9 for 1) where part_no = 1"
        );

        await Assert.ThrowsAsync<HttpRequestException>(async () =>
            await (await Content(open, id)).Content.ReadAsByteArrayAsync(Stop)
        );
    }

    [Fact]
    public async Task A_scanner_that_finds_something_is_believed_and_a_broken_one_lets_nothing_through()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "harmless words", Stop);
        string[] grep = ["/bin/sh", "-c", "grep -q EICAR \"$0\" && echo EICAR && exit 1; exit 0"];

        Assert.Null(await Kernel.FileSettings.RunScan(grep, file, Stop));
        await File.WriteAllTextAsync(file, "EICAR", Stop);
        Assert.Equal("EICAR", await Kernel.FileSettings.RunScan(grep, file, Stop));
        await Assert.ThrowsAsync<Kernel.Busy>(() => Kernel.FileSettings.RunScan(["/bin/sh", "-c", "exit 2"], file, Stop));
        File.Delete(file);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Json)> Attach(
        OpenFactory open,
        Guid id,
        string name,
        byte[] content,
        string type = ""
    )
    {
        var body = new ByteArrayContent(content);
        if (type.Length > 0)
            body.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var request = Request(open, id, name, body);
        using var answer = await open.Api.Http.SendAsync(request);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    private static HttpRequestMessage Request(OpenFactory open, Guid id, string name, HttpContent body, Guid? company = null) =>
        new(
            HttpMethod.Put,
            $"/api/v1/attachments/{id}?documentType=company&documentId={company ?? open.Factory.Company}"
                + $"&name={Uri.EscapeDataString(name)}"
        )
        {
            Content = body,
        };

    private static string List(OpenFactory open) => $"/api/v1/attachments?documentType=company&documentId={open.Factory.Company}";

    private static Task<HttpResponseMessage> Content(OpenFactory open, Guid id) =>
        open.Api.Http.GetAsync(
            new Uri($"/api/v1/attachments/{id}/content", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead
        );
}
