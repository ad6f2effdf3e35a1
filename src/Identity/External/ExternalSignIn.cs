using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// Signs people in at an outside OpenID provider, when one is configured: code flow with PKCE, state and nonce. Whom it confirms
/// must be a member here by the same, verified address; it invites nobody.
/// </summary>
internal static class ExternalSignIn
{
    private const string CookieName = "millrace.external";
    private const string Callback = "/oauth/external/callback";
    private const int Minutes = 10;

    internal sealed record Options(string? ExternalName);

    private sealed record Begun(string Nonce, string Verifier, string Target);

    private sealed record Found(Guid PersonId, int TenantId);

    internal static void Map(IEndpointRouteBuilder app, IEndpointRouteBuilder api)
    {
        const string nobody = "Nobody is signed in yet.";
        api.MapGet("/sign-in-options", (IdentitySettings settings) => new Options(settings.External?.Name))
            .Open(nobody)
            .WithSummary("Ways to sign in");
        app.MapGet("/oauth/external", Begin)
            .Open(nobody)
            .Produces(302)
            .Problems(404)
            .WithSummary("Sign in at the outside provider");
        app.MapGet(Callback, Finish).Open(nobody).Produces(302).Problems(401, 404).WithSummary("Back from the outside provider");
    }

    private static async Task<IResult> Begin(
        HttpContext http,
        Dbs dbs,
        Provider provider,
        IdentitySettings settings,
        string? next
    )
    {
        if (provider.Settings is not { } external)
            throw new Refused("external.none", "No outside provider is configured here.", status: 404);
        var (state, nonce, verifier) = (Links.FreshSecret(), Links.FreshSecret(), Links.FreshSecret());
        var endpoint = await provider.AuthorizationEndpoint();
        await using (var db = dbs.Open(DbScope.NoTenant))
        {
            await db.Execute($"delete from identity.external_sign_in where expires_at < now()");
            await db.Execute(
                $"""
                insert into identity.external_sign_in (state_hash, nonce, verifier, target, expires_at)
                values ({Links.HashOf(state)}, {nonce}, {verifier}, {SafePath(next)}, now() + make_interval(mins => {Minutes}))
                """
            );
            await db.Commit();
        }
        // Lax: the way back comes from the provider's page.
        http.Response.Cookies.Append(
            CookieName,
            state,
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                MaxAge = TimeSpan.FromMinutes(Minutes),
                Path = "/oauth/external",
            }
        );
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var redirect = Uri.EscapeDataString(settings.AddressFor(http) + Callback);
        return TypedResults.Redirect(
            $"{endpoint}{(endpoint.Contains('?', StringComparison.Ordinal) ? '&' : '?')}response_type=code"
                + "&scope=openid%20email%20profile"
                + $"&client_id={Uri.EscapeDataString(external.ClientId)}&redirect_uri={redirect}"
                + $"&state={state}&nonce={nonce}&code_challenge={challenge}&code_challenge_method=S256"
        );
    }

    private static async Task<IResult> Finish(HttpContext http, Dbs dbs, Provider provider, IdentitySettings settings)
    {
        if (provider.Settings is null)
            throw new Refused("external.none", "No outside provider is configured here.", status: 404);
        var begun =
            await Take(http, dbs)
            ?? throw new Refused(
                "external.other_browser",
                "This sign-in was begun in another browser, or more than ten minutes ago. Begin again.",
                status: 401
            );
        if (http.Request.Query["code"] is not [{ Length: > 0 and <= 2000 } code])
            return TypedResults.Redirect("/sign-in?external=refused");
        var claims = await provider.Redeem(code, settings.AddressFor(http) + Callback, begun.Verifier, begun.Nonce);
        var verified =
            claims.TryGetProperty("email_verified", out var flag) && flag.ValueKind == System.Text.Json.JsonValueKind.True;
        var email = verified ? ProviderTokens.Text(claims, "email") : null;
        var found = email is null ? null : await Member(dbs, email);
        if (found is null)
            return TypedResults.Redirect("/sign-in?external=unknown");
        await using var db = dbs.Open(DbScope.ForTenant(found.TenantId, found.PersonId, RequestId.Of(http)));
        if (await Sessions.Open(http, db, found.PersonId) is not var (cookie, until))
            return TypedResults.Redirect("/sign-in?external=unknown");
        await db.Commit();
        cookie.Set(http, until);
        return TypedResults.Redirect(begun.Target);
    }

    private static async Task<Begun?> Take(HttpContext http, Dbs dbs)
    {
        var held = http.Request.Cookies[CookieName];
        http.Response.Cookies.Delete(CookieName, new CookieOptions { Path = "/oauth/external" });
        if (held is not { Length: 64 })
            return null;
        // The attempt this browser began is over, whether the state that came back is its own or another.
        await using var db = dbs.Open(DbScope.NoTenant);
        var begun = await db.Find<Begun>(
            $"""
            delete from identity.external_sign_in where state_hash = {Links.HashOf(held)} and expires_at > now()
            returning nonce, verifier, target
            """
        );
        await db.Commit();
        return http.Request.Query["state"] is [{ } state] && Same(state, held) ? begun : null;
    }

    private static async Task<Found?> Member(Dbs dbs, string email)
    {
        await using var db = dbs.Open(DbScope.NoTenant);
        return await db.Find<Found>($"select person_id, tenant_id from identity.person_by_email({email})");
    }

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    // Only pages of this application are followed.
    private static string SafePath(string? next) =>
        next is { Length: > 0 and <= 500 }
        && next[0] == '/'
        && !next.StartsWith("//", StringComparison.Ordinal)
        && !next.Contains('\\', StringComparison.Ordinal)
        && !next.Any(char.IsControl)
            ? next
            : "/";
}
