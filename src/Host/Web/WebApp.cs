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

    private static string Root => Path.Combine(AppContext.BaseDirectory, "wwwroot");

    internal static void UseWebApp(this WebApplication app)
    {
        if (Directory.Exists(Root))
            app.UseStaticFiles(
                new StaticFileOptions { FileProvider = new PhysicalFileProvider(Root), OnPrepareResponse = Cache }
            );
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

    private static void Cache(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments(
            "/assets",
            StringComparison.Ordinal
        )
            ? "public, max-age=31536000, immutable"
            : "no-cache";
}
