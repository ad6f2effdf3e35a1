using System.Text;

namespace Millrace.Tests;

public sealed class BadHeadersTests(Server server)
{
    [Fact]
    public async Task Headers_that_are_doubled_missing_or_malformed_are_refused_and_nothing_is_written()
    {
        await using var database = await server.NewDatabase();
        var sample = await Sample.Make(database, "Bad");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.Authorize(await sample.Factory.AddClient("machine"));
        var token = client.Http.DefaultRequestHeaders.Authorization!.Parameter;
        var before = await database.Contents();
        var faults = new Faults();

        var put = $"PUT /api/v1/items/{sample.Ids["item"]} HTTP/1.1";
        const string post = "POST /api/v1/items HTTP/1.1";
        const string json = "Content-Type: application/json";
        var who = $"Authorization: Bearer {token}";
        var key = $"Idempotency-Key: {Guid.CreateVersion7()}";
        const string tag = "If-Match: \"1\"";
        foreach (
            var (what, status, code, lines) in ((string, int, string, string[])[])
                [
                    (
                        "two keys",
                        400,
                        "idempotency.key_doubled",
                        [post, who, json, key, $"Idempotency-Key: {Guid.CreateVersion7()}"]
                    ),
                    ("one key twice", 400, "idempotency.key_doubled", [post, who, json, key, key]),
                    ("no key", 400, "idempotency.key_required", [post, who, json]),
                    ("an empty key", 400, "idempotency.key_malformed", [post, who, json, "Idempotency-Key:"]),
                    ("a key that is none", 400, "idempotency.key_malformed", [post, who, json, "Idempotency-Key: 17"]),
                    ("two keys in one", 400, "idempotency.key_malformed", [post, who, json, $"{key}, {Guid.CreateVersion7()}"]),
                    (
                        "a key in braces",
                        400,
                        "idempotency.key_malformed",
                        [post, who, json, $"Idempotency-Key: {{{Guid.CreateVersion7()}}}"]
                    ),
                    ("two tags", 400, "version.malformed", [put, who, json, tag, "If-Match: \"2\""]),
                    ("two tags in one", 400, "version.malformed", [put, who, json, "If-Match: \"1\", \"2\""]),
                    ("any version", 400, "version.malformed", [put, who, json, "If-Match: *"]),
                    ("an empty tag", 400, "version.malformed", [put, who, json, "If-Match:"]),
                    ("a weak tag", 400, "version.malformed", [put, who, json, "If-Match: W/\"1\""]),
                    ("a huge version", 400, "version.malformed", [put, who, json, "If-Match: \"99999999999\""]),
                    ("no tag", 428, "version.required", [put, who, json]),
                    ("an old version", 412, "version.changed", [put, who, json, "If-Match: \"0\""]),
                    ("two types", 415, "media_type.unsupported", [post, who, key, json, "Content-Type: text/plain"]),
                    ("one type twice", 415, "media_type.unsupported", [post, who, key, json, json]),
                    ("two tokens", 401, "auth.required", [post, who, json, key, who]),
                    ("a token and a client's secret", 401, "auth.required", [post, who, json, key, "Authorization: Basic YTpi"]),
                ]
        )
        {
            var body = Encoding.UTF8.GetBytes("""{"code":"NEW-1","name":"New","kind":"goods","unit":"pcs"}""");
            if (lines[0] == put)
                body = Encoding.UTF8.GetBytes("""{"name":"New","kind":"goods","unit":"pcs"}""");
            var head = string.Join('\n', [.. lines, $"Content-Length: {body.Length}"]);
            faults.Check(what, await RawHttp.Send(app.Url, head, body), status, code);
        }
        faults.None();
        Assert.Equal(before, await database.Contents());
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_413_whether_its_length_is_told_or_not()
    {
        await using var database = await server.NewDatabase();
        var sample = await Sample.Make(database, "Bad");
        await database.PostVouchers();
        sample = await sample.WithVoucher(database);
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.Authorize(await sample.Factory.AddClient("machine"));
        var token = client.Http.DefaultRequestHeaders.Authorization!.Parameter;
        var before = await database.Contents();
        var large = new byte[10 * 1024 * 1024];
        Array.Fill(large, (byte)' ');
        var chunked = new MemoryStream();
        for (var at = 0; at < large.Length; at += 65536)
            chunked.Write([.. "10000\r\n"u8, .. large.AsSpan(at, 65536), .. "\r\n"u8]);
        chunked.Write("0\r\n\r\n"u8);
        var faults = new Faults();

        foreach (var call in Call.All.Where(one => one.Body is not null).Select(one => one.Filled(sample.Value)))
        foreach (
            var (told, body) in ((string, byte[])[])
                [($"Content-Length: {large.Length}", large), ("Transfer-Encoding: chunked", chunked.ToArray())]
        )
        {
            var head = $"""
                {call.Method} {call.Path} HTTP/1.1
                Authorization: Bearer {token}
                Content-Type: application/json
                Idempotency-Key: {Guid.CreateVersion7()}
                If-Match: "1"
                {told}
                """;
            faults.Check($"{call.Method} {call.Path} {told}", await RawHttp.Send(app.Url, head, body), 413, "body.too_large");
        }
        faults.None();
        Assert.Equal(before, await database.Contents());
    }
}
