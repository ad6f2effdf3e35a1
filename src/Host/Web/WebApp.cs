using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>
/// Serves the single-page app: hashed files for a year, the page itself always fresh, unknown API paths never as HTML.
/// </summary>
internal static class WebApp
{
    private static readonly string[] NotPages =
    [
        "/api",
        "/hub",
        "/health",
        "/oauth",
        "/.well-known",
        "/openapi",
        "/docs",
        "/metrics",
        "/assets",
    ];

    private const string Brotli = ".br";

    private static string Root => Path.Combine(AppContext.BaseDirectory, "wwwroot");

    internal static void UseWebApp(this WebApplication app)
    {
        if (!Directory.Exists(Root))
            return;
        var files = new PhysicalFileProvider(Root);
        app.Use((http, next) => Smaller(http, files, next));
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[Brotli] = "application/octet-stream";
        app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = files,
                ContentTypeProvider = types,
                OnPrepareResponse = file => Prepare(file, types),
            }
        );
    }

    /// <summary>The build lays its files there compressed as well; whoever understands that gets those.</summary>
    private static Task Smaller(HttpContext http, PhysicalFileProvider files, RequestDelegate next)
    {
        var request = http.Request;
        if (
            request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
            && request.GetTypedHeaders().AcceptEncoding.Any(one => one is { Value.Value: "br", Quality: not 0 })
            && files.GetFileInfo(request.Path + Brotli).Exists
        )
            request.Path += Brotli;
        return next(http);
    }

    internal static void MapApiReference(this IEndpointRouteBuilder app) =>
        app.MapGet("/docs", http => Send(http, "docs.html"))
            .WithMetadata(new Right(null, "The description of the API is public.", SignedIn: false));

    // Not a route: one that catches all would stand beside every endpoint and hide its 405 and 415.
    internal static void UsePages(this WebApplication app) =>
        app.Use((http, next) => http.GetEndpoint() is null && IsPage(http.Request) ? Send(http, "index.html") : next(http));

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !Path.HasExtension(request.Path.Value)
        && !NotPages.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.Ordinal));

    private static Task Send(HttpContext http, string page)
    {
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.SendFileAsync(Path.Combine(Root, page));
    }

    private static void Prepare(StaticFileResponseContext file, FileExtensionContentTypeProvider types)
    {
        var (path, headers) = (file.Context.Request.Path, file.Context.Response.Headers);
        var asset = path.StartsWithSegments("/assets", StringComparison.Ordinal);
        headers.CacheControl = asset ? "public, max-age=31536000, immutable" : "no-cache";
        if (asset)
            headers.Vary = "Accept-Encoding";
        if (
            path.Value is { } name
            && name.EndsWith(Brotli, StringComparison.Ordinal)
            && types.TryGetContentType(name[..^Brotli.Length], out var type)
        )
            (headers.ContentEncoding, headers.ContentType) = ("br", type);
    }
}
