using Microsoft.AspNetCore.Http;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Finds the caller of a request: by a bearer token or by the cookie of a session, never by both.</summary>
internal sealed class CallerLookup(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, Access access)
    {
        // Static files and health checks have no use for a caller.
        if (http.GetEndpoint()?.Metadata.GetMetadata<Right>() is { SignedIn: true } && await access.Find(http) is { } caller)
            http.Features.Set(caller);
        await next(http);
    }
}
