using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// OAuth 2 tokens, short-lived and signed with ES256: for machines by their secret, for people through the client they have
/// allowed (authorization code with PKCE, then refresh tokens).
/// </summary>
internal static class TokenEndpoint
{
    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/oauth/token", Issue)
            .Open("The client proves itself with its secret.")
            .Limited("token")
            .DisableAntiforgery()
            .AddEndpointFilter(Forms.NoteRefusal)
            .Accepts<IFormCollection>("application/x-www-form-urlencoded")
            .Produces<TokenWriter.Token>()
            .Produces<Forms.Error>(400)
            .Produces<Forms.Error>(401)
            .Problems(413, 415)
            .WithSummary("A token for a machine, or for a client that a person has allowed");

    private static async Task<IResult> Issue(
        HttpContext http,
        Dbs dbs,
        SigningKeys keys,
        TimeProvider clock,
        IdentitySettings settings
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await Forms.Read(http) is not { } form)
            return Forms.Refuse(400, "invalid_request", "Send the parameters as application/x-www-form-urlencoded.");
        if (form["grant_type"] is not ["client_credentials" or "authorization_code" or "refresh_token"])
            return Forms.Refuse(
                400,
                "unsupported_grant_type",
                "Offered here: client_credentials, authorization_code and refresh_token."
            );
        if (Forms.Client(http, form) is not { } claimed)
            return Unknown();
        var writer = await TokenWriter.Of(keys, clock);
        await using var db = dbs.Open(DbScope.ForTenant(claimed.Tenant, claimed.Id));
        if (await ClientProof.Find(db, claimed) is not { } client)
            return Unknown();
        var issuer = settings.AddressFor(http);
        return form["grant_type"].ToString() switch
        {
            "authorization_code" => await CodeGrant.Redeem(db, form, client, writer, issuer),
            "refresh_token" => await RefreshGrant.Redeem(db, form, client, writer),
            _ => await ForMachine(db, form, client, writer),
        };
    }

    private static async Task<IResult> ForMachine(Db db, IFormCollection form, ClientProof client, TokenWriter writer)
    {
        if (client.IsPublic)
            return Forms.Refuse(400, "unauthorized_client", "A client without a secret can only act for a person.");
        var granted = client.Granted;
        if (form["scope"].Count > 1)
            return Forms.Refuse(400, "invalid_request", "scope was sent more than once.");
        if (form["scope"] is [{ Length: > 0 } asked])
        {
            var wanted = Scopes.Of(asked);
            if (wanted.Except(granted, StringComparer.Ordinal).FirstOrDefault() is { } beyond)
                return Forms.Refuse(400, "invalid_scope", $"This client has not been given {beyond}.");
            granted = wanted;
        }
        if (client.IsDevice)
        {
            await db.Execute($"update identity.device set seen_at = now() where device_id = {client.Id}");
            await db.Commit();
        }
        return TypedResults.Json(writer.ForMachine(db.Scope.Tenant!.Value, client.Id, string.Join(' ', granted)));
    }

    private static IResult Unknown() => Forms.Refuse(401, "invalid_client", "The client id or the secret is wrong.");
}
