using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>
/// Lets a request through only when its endpoint says who may; an endpoint that says nothing lets nobody through.
/// </summary>
public sealed class RightCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        // Routing's own refusals (405, 415) are no addresses of ours.
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
            return next(http);
        var right = endpoint.Metadata.GetMetadata<Right>();
        var caller = Caller.Of(http);
        if (right is null)
            return Problem.Write(http, 403, "auth.undeclared", "This address declares no permission and is closed.");
        if (right.SignedIn && caller is null)
            return Problem.Write(http, 401, "auth.required", "Sign in, or send a bearer token.");
        if (caller is not { ByCookie: false } && IsForeignWrite(http))
            return Problem.Write(http, 403, "csrf.refused", "A page of another site may not write here.");
        if (right.Permission is { } needed && !caller!.Permissions.Contains(needed))
            return Problem.Write(http, 403, "auth.forbidden", $"This needs the permission {needed}. Ask your administrator.");
        return next(http);
    }

    // The cookie is SameSite=Strict already; a browser that says where a write or a socket comes from is believed when it says
    // elsewhere, also before anybody is signed in: a foreign page must not sign its own user in here.
    private static bool IsForeignWrite(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Upgrade.Count == 0)
            return false;
        if (http.Request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
            return true;
        return http.Request.Headers.Origin is [{ } origin]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == http.Request.Host.Value);
    }
}
