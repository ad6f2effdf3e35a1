using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// Other programs that may call: what they may do, how often, and where people they send here are sent back to.
/// </summary>
public static class Clients
{
    public sealed record Client(
        Guid Id,
        string ClientId,
        string Name,
        string[] Permissions,
        string[] RedirectUris,
        bool IsPublic,
        int? RequestsPerMinute,
        int Version,
        DateTime CreatedAt,
        DateTime SecretMadeAt,
        DateTime? RetiredAt
    );

    public sealed record Request(
        [Required, Text(100)] string Name,
        [Required, Length(1, 500), Filled] IReadOnlyList<string> Permissions,
        [MaxLength(20), Filled] IReadOnlyList<string>? RedirectUris = null,
        bool IsPublic = false,
        [Range(1, 1_000_000)] int? RequestsPerMinute = null
    );

    private sealed record Key(string Name, Guid Id);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/clients", List).Needs(IdentityPermissions.ReadClients).Reads().WithSummary("API clients by name");
        api.MapPost("/clients", Create)
            .Needs(IdentityPermissions.WriteClients)
            .Once()
            .WithSummary("Create an API client; then take its secret");
        api.MapPut("/clients/{clientId:guid}", Change)
            .Needs(IdentityPermissions.WriteClients)
            .ChangesRights()
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change an API client; If-Match names the version you have read");
        // PUT, because the answer of a POST is kept for a day, and this one holds a secret.
        api.MapPut("/clients/{clientId:guid}/secret", FreshSecret)
            .Needs(IdentityPermissions.WriteClients)
            .Writes()
            .WithSummary("A fresh secret, shown this once; the one before counts no more");
        api.MapPost("/clients/{clientId:guid}/retirement", Retire)
            .Needs(IdentityPermissions.WriteClients)
            .ChangesRights()
            .Once()
            .WithSummary("Take an API client out of use; its tokens count no more");
    }

    private static async Task<Page<Client>> List(Db db, PageOf page, bool? retired)
    {
        var after = page.Start<Key>() ?? new Key("", Guid.Empty);
        var rows = await db.Query<Client>(
            $"""
            select c.client_id as id, c.tenant_id || '.' || c.client_id as client_id, c.name,
                array(select p.permission from identity.client_permission p
                    where p.tenant_id = c.tenant_id and p.client_id = c.client_id order by p.permission) as permissions,
                c.redirect_uris, c.is_public, c.requests_per_minute, c.version, c.created_at, c.secret_made_at, c.retired_at
            from identity.client c
            where (c.name, c.client_id) > ({after.Name}, {after.Id}) and (c.retired_at is not null) = {retired ?? false}
            order by c.name, c.client_id limit {page.Limit + 1}
            """
        );
        return page.Cut(rows, row => new Key(row.Name, row.Id));
    }

    private static async Task<Created<Client>> Create(HttpContext http, Db db, IEnumerable<Permission> declared, Request request)
    {
        var permissions = Roles.Known(declared, request.Permissions);
        Grants.MustHave(Caller.Required(http), permissions);
        var id = Guid.CreateVersion7();
        await db.Execute(
            $"""
            insert into identity.client
                (tenant_id, client_id, name, secret_hash, redirect_uris, is_public, requests_per_minute)
            values ({db.Scope.Tenant}, {id}, {request.Name}, {Links.HashOf(Links.FreshSecret())}, {Addresses(request)},
                {request.IsPublic}, {request.RequestsPerMinute})
            """
        );
        await Give(db, id, permissions);
        return TypedResults.Created((string?)null, await One(db, id));
    }

    private static async Task<Client> Change(
        HttpContext http,
        Db db,
        Guid clientId,
        IEnumerable<Permission> declared,
        Request request
    )
    {
        var expected = Versions.Expected(http);
        var before = await One(db, clientId);
        var permissions = Roles.Known(declared, request.Permissions);
        Grants.MustHave(Caller.Required(http), permissions.Except(before.Permissions, StringComparer.Ordinal));
        var changed = await db.Execute(
            $"""
            update identity.client set name = {request.Name}, redirect_uris = {Addresses(request)},
                is_public = {request.IsPublic}, requests_per_minute = {request.RequestsPerMinute}, version = version + 1
            where client_id = {clientId} and version = {expected}
            """
        );
        if (changed == 0)
            throw Versions.Changed("client");
        await db.Execute(
            $"delete from identity.client_permission where client_id = {clientId} and permission <> all({permissions})"
        );
        await Give(db, clientId, permissions);
        Versions.Show(http, expected + 1);
        return await One(db, clientId);
    }

    private static async Task<CreateClient.Result> FreshSecret(Db db, Guid clientId)
    {
        var client = await One(db, clientId);
        if (client.RetiredAt is not null)
            throw new Refused("client.retired", $"{client.Name} is retired. Create another client instead.", new { client.Name });
        var secret = Links.FreshSecret();
        await db.Execute(
            $"""
            update identity.client set secret_hash = {Links.HashOf(secret)}, secret_made_at = now()
            where client_id = {clientId}
            """
        );
        return new CreateClient.Result(client.ClientId, secret);
    }

    private static async Task<Client> Retire(Db db, Guid clientId)
    {
        await db.Execute($"update identity.client set retired_at = coalesce(retired_at, now()) where client_id = {clientId}");
        return await One(db, clientId);
    }

    private static async Task<Client> One(Db db, Guid id) =>
        await db.Find<Client>(
            $"""
            select c.client_id as id, c.tenant_id || '.' || c.client_id as client_id, c.name,
                array(select p.permission from identity.client_permission p
                    where p.tenant_id = c.tenant_id and p.client_id = c.client_id order by p.permission) as permissions,
                c.redirect_uris, c.is_public, c.requests_per_minute, c.version, c.created_at, c.secret_made_at, c.retired_at
            from identity.client c where c.client_id = {id}
            """
        ) ?? throw Refused.Missing("client", id);

    private static Task<int> Give(Db db, Guid client, string[] permissions) =>
        db.Execute(
            $"""
            insert into identity.client_permission (tenant_id, client_id, permission)
            select {db.Scope.Tenant}, {client}, unnest({permissions}) on conflict do nothing
            """
        );

    /// <summary>
    /// Encrypted, or on the very machine of the one who asks; whole, because they are compared letter by letter.
    /// </summary>
    private static string[] Addresses(Request request)
    {
        foreach (var text in request.RedirectUris ?? [])
            if (
                text.Length > 500
                || !Uri.TryCreate(text, UriKind.Absolute, out var address)
                || address.Fragment.Length > 0
                || text.Contains('#', StringComparison.Ordinal)
                || address.UserInfo.Length > 0
                || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            )
                throw Invalid.Field(
                    "redirectUris",
                    "A redirect address begins with https:// (or http:// on this machine itself) and has no # in it."
                );
        return [.. (request.RedirectUris ?? []).Distinct(StringComparer.Ordinal)];
    }
}
