using System.Net.Http.Headers;

namespace Millrace.Tests;

/// <summary>What goes over the wire is small for those who understand it, and the same for all others.</summary>
[Collection(nameof(Browsing))]
public sealed class SmallFilesTests(DemoSite site)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_the_app_comes_compressed_under_its_own_type_and_plain_to_who_does_not_ask()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None });
        var page = await http.GetStringAsync(site.Url, Stop);
        var script = page.Split('"')
            .First(part =>
                part.StartsWith("/assets/", StringComparison.Ordinal) && part.EndsWith(".js", StringComparison.Ordinal)
            );

        var plain = await Get(http, script);
        var small = await Get(http, script, "gzip, br");

        Assert.Equal(["Accept-Encoding"], small.Headers.Vary);
        Assert.Equal(["br"], small.Content.Headers.ContentEncoding);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal(plain.Content.Headers.ContentType, small.Content.Headers.ContentType);
        Assert.Equal("public, max-age=31536000, immutable", small.Headers.CacheControl?.ToString());
        var whole = await plain.Content.ReadAsByteArrayAsync(Stop);
        await using var unpacked = new System.IO.Compression.BrotliStream(
            await small.Content.ReadAsStreamAsync(Stop),
            System.IO.Compression.CompressionMode.Decompress
        );
        using var read = new MemoryStream();
        await unpacked.CopyToAsync(read, Stop);
        Assert.Equal(whole, read.ToArray());
        Assert.True(small.Content.Headers.ContentLength < whole.Length * 4 / 10);
        Assert.Equal(404, (int)(await Get(http, "/assets/../../appsettings.json", "br")).StatusCode);
        Assert.Equal(404, (int)(await Get(http, "/assets/nothing.js", "br")).StatusCode);
    }

    [Fact]
    public async Task An_answer_comes_compressed_to_who_asks()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None });

        var small = await Get(http, "/openapi/v1.json", "br");
        var plain = await Get(http, "/openapi/v1.json");

        Assert.Equal(["br"], small.Content.Headers.ContentEncoding);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.True(
            (await small.Content.ReadAsByteArrayAsync(Stop)).Length < (await plain.Content.ReadAsByteArrayAsync(Stop)).Length / 4
        );
    }

    private async Task<HttpResponseMessage> Get(HttpClient http, string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Url, path));
        foreach (var coding in accept?.Split(", ") ?? [])
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(coding));
        return await http.SendAsync(request, Stop);
    }
}
