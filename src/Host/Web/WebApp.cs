using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>Serves the single-page app: hashed files for a year, the page itself always fresh, unknown API paths never as HTML.</summary>
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

    internal static void MapWebApp(this IEndpointRouteBuilder app)
    {
        app.MapGet("/docs", http => Send(http, "docs.html"))
            .WithMetadata(new Right(null, "The description of the API is public.", SignedIn: false));
        app.MapFallback("{*path:nonfile}", Page).WithMetadata(new Right(null, "The page itself holds no data.", SignedIn: false));
    }

    private static Task Page(HttpContext http)
    {
        if (
            !HttpMethods.IsGet(http.Request.Method)
            || NotPages.Any(prefix => http.Request.Path.StartsWithSegments(prefix, StringComparison.Ordinal))
        )
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        return Send(http, "index.html");
    }

    private static async Task Send(HttpContext http, string page)
    {
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.SendFileAsync(Path.Combine(Root, page));
    }

    private static void Cache(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments(
            "/assets",
            StringComparison.Ordinal
        )
            ? "public, max-age=31536000, immutable"
            : "no-cache";
}
