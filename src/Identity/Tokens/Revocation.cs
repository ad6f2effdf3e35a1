using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>A client hands back what a person had allowed it (RFC 7009). An unknown token is answered like a known one.</summary>
internal static class Revocation
{
    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/oauth/revoke", Revoke)
            .Open("The client proves itself with its secret.")
            .DisableAntiforgery()
            .AddEndpointFilter(Forms.NoteRefusal)
            .ChangesRights()
            .Accepts<IFormCollection>("application/x-www-form-urlencoded")
            .Produces(200)
            .Produces<Forms.Error>(400)
            .Produces<Forms.Error>(401)
            .Problems(413, 415)
            .WithSummary("End a refresh token and everything that came from it");

    private static async Task<IResult> Revoke(HttpContext http, Dbs dbs, Access access)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await Forms.Read(http) is not { } form || Forms.One(form, "token") is not { } token)
            return Forms.Refuse(400, "invalid_request", "Send token, once, as application/x-www-form-urlencoded.");
        if (Forms.Client(http, form) is not { } claimed)
            return Forms.Refuse(401, "invalid_client", "The client id or the secret is wrong.");
        await using var db = dbs.Open(DbScope.ForTenant(claimed.Tenant, claimed.Id));
        if (await ClientProof.Find(db, claimed) is null)
            return Forms.Refuse(401, "invalid_client", "The client id or the secret is wrong.");
        // An access token ends with its family too; one of a machine has none and runs out within ten minutes.
        var family =
            await access.Tokens.Check(token) is { } claims && claims.Tenant == claimed.Tenant ? claims.Family : Guid.Empty;
        await db.Execute(
            $"""
            update identity.token_family set ended_at = now(), ended_because = 'revoked'
            where client_id = {claimed.Id} and ended_at is null
                and (family = {family} or family = (select family from identity.refresh_token
                    where token_hash = {Links.HashOf(token)}))
            """
        );
        await db.Commit();
        return TypedResults.Ok();
    }
}
