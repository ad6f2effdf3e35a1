using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// The person at the screen sees which client asks for what, and allows it: a code for that client, good for a minute and once.
/// Who is not the exact client with its exact address is told here, on our page, and never sent anywhere.
/// </summary>
public static class Authorize
{
    private const int CodeSeconds = 60;

    public sealed record Asked(string Client, IReadOnlyList<string> Permissions, bool OpenId);

    public sealed record Request(
        [Required, Text(60)] string ClientId,
        [Required, Text(500)] string RedirectUri,
        [Required, Text(4000)] string Scope,
        [Required, Text(128)] string CodeChallenge,
        [Required, OneOf("S256")] string CodeChallengeMethod,
        [Text(500, MayBeEmpty = true)] string? State = null,
        [Text(200, MayBeEmpty = true)] string? Nonce = null
    );

    public sealed record Result(string RedirectTo);

    private sealed record Client(string Name, string[] RedirectUris, string[] Permissions);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/authorization-request", Show)
            .SignedIn("Whoever is signed in may be asked.")
            .Reads()
            .Problems(404, 409)
            .WithSummary("What a client asks for");
        api.MapPost("/authorizations", Allow)
            .SignedIn("One allows a client what is one's own.")
            .Once()
            .WithSummary("Allow a client to act for you");
    }

    private static async Task<Asked> Show(
        HttpContext http,
        Db db,
        [Required, Text(60)] string clientId,
        [Required, Text(500)] string redirectUri,
        [Required, Text(4000)] string scope
    )
    {
        await Person(http, db);
        var client = await Find(db, clientId, redirectUri);
        var (permissions, openId) = Check(client, scope);
        return new Asked(client.Name, permissions, openId);
    }

    private static async Task<Result> Allow(HttpContext http, Db db, IdentitySettings settings, Request request)
    {
        var person = await Person(http, db);
        var client = await Find(db, request.ClientId, request.RedirectUri);
        Check(client, request.Scope);
        if (request.CodeChallenge.Length != 43 || !System.Buffers.Text.Base64Url.IsValid(request.CodeChallenge))
            throw Invalid.Field("codeChallenge", "codeChallenge must be the SHA-256 of the verifier in Base64Url, 43 letters.");
        var code = Links.FreshSecret();
        await db.Execute(
            $"""
            insert into identity.authorization_code
                (tenant_id, code_hash, client_id, person_id, redirect_uri, scope, challenge, nonce, expires_at)
            values ({db.Scope.Tenant}, {Links.HashOf(code)}, {Forms.IdOf(request.ClientId)!.Value.Client}, {person},
                {request.RedirectUri}, {string.Join(' ', Scopes.Of(request.Scope))}, {request.CodeChallenge},
                {request.Nonce ?? ""}, now() + make_interval(secs => {CodeSeconds}))
            """
        );
        var query = $"code={code}&iss={Uri.EscapeDataString(settings.AddressFor(http))}";
        if (!string.IsNullOrEmpty(request.State))
            query += $"&state={Uri.EscapeDataString(request.State)}";
        var separator = request.RedirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return new Result($"{request.RedirectUri}{separator}{query}");
    }

    // A client that was allowed something cannot allow others more: only a session counts, not a token.
    private static async Task<Guid> Person(HttpContext http, Db db)
    {
        var caller = Caller.Required(http);
        var person = caller.ByCookie
            ? await db.Find<Guid?>($"select person_id from identity.member where person_id = {caller.Actor}")
            : null;
        return person ?? throw new Refused("session.not_a_person", "Only a person at a screen can allow this.", status: 404);
    }

    private static async Task<Client> Find(Db db, string clientId, string redirectUri)
    {
        var client =
            Forms.IdOf(clientId) is var (tenant, id) && tenant == db.Scope.Tenant
                ? await db.Find<Client>(
                    $"""
                    select c.name, c.redirect_uris, array(select p.permission from identity.client_permission p
                        where p.tenant_id = c.tenant_id and p.client_id = c.client_id) as permissions
                    from identity.client c where c.client_id = {id} and c.retired_at is null
                    """
                )
                : null;
        if (client is null)
            throw Refused.Missing("client", clientId);
        return client.RedirectUris.Contains(redirectUri, StringComparer.Ordinal)
            ? client
            : throw new Refused(
                "client.other_address",
                $"{client.Name} wants you sent to an address that is not registered for it. Nothing was allowed.",
                new { client.Name }
            );
    }

    private static (IReadOnlyList<string> Permissions, bool OpenId) Check(Client client, string scope)
    {
        var wanted = Scopes.Of(scope);
        var permissions = wanted.Except(Scopes.Words, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (permissions.Except(client.Permissions, StringComparer.Ordinal).FirstOrDefault() is { } beyond)
            throw new Refused(
                "client.beyond_scope",
                $"{client.Name} asks for {(beyond.Length <= 60 ? beyond : beyond[..60])}, which it may not have. "
                    + "Nothing was allowed."
            );
        return (permissions, wanted.Contains(Scopes.OpenId, StringComparer.Ordinal));
    }
}
