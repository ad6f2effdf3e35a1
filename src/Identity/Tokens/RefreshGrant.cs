using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// A refresh token is used once and followed by another. Who asks with the same one at the same time, or again because an answer
/// was lost, gets the same successor; who asks with a used one later than that ends the whole family, thief and owner alike.
/// </summary>
internal static class RefreshGrant
{
    private const int Days = 30;

    // As long as an answer may be on its way, and while the successor itself has not been used.
    private const int TwinSeconds = 10;

    private sealed record Held(Guid Family, Guid PersonId, string Scope, bool Alive, bool Used, bool Lately, byte[]? Salt);

    internal static async Task<IResult> Redeem(Db db, IFormCollection form, ClientProof client, TokenWriter writer)
    {
        if (Forms.One(form, "refresh_token") is not { } given)
            return Forms.Refuse(400, "invalid_request", "Send refresh_token, once.");
        var hash = Links.HashOf(given);
        // Twins of one request wait here for each other.
        var held = await db.Find<Held>(
            $"""
            select t.family, f.person_id, f.scope, f.ended_at is null and t.expires_at > now() as alive,
                t.used_at is not null as used,
                coalesce(t.used_at > clock_timestamp() - make_interval(secs => {TwinSeconds}), false) as lately, t.salt
            from identity.refresh_token t
            join identity.token_family f on f.tenant_id = t.tenant_id and f.family = t.family and f.client_id = {client.Id}
            join identity.member m on m.tenant_id = f.tenant_id and m.person_id = f.person_id and m.retired_at is null
            where t.token_hash = {hash} for update of t
            """
        );
        if (held is not { Alive: true })
            return Gone();
        var salt = held.Salt ?? RandomNumberGenerator.GetBytes(32);
        var successor = SuccessorOf(given, salt);
        if (!held.Used)
        {
            await db.Execute(
                $"update identity.refresh_token set used_at = clock_timestamp(), salt = {salt} where token_hash = {hash}"
            );
            await Keep(db, successor, held.Family);
        }
        else if (!held.Lately || await IsUsed(db, successor))
        {
            await db.Execute(
                $"""
                update identity.token_family set ended_at = now(), ended_because = 'refresh token used twice'
                where family = {held.Family} and ended_at is null
                """
            );
            await db.Commit();
            return Gone();
        }
        await db.Commit();
        return TypedResults.Json(
            writer.ForPerson(db.Scope.Tenant!.Value, held.PersonId, held.Scope, held.Family, successor, idToken: null)
        );
    }

    internal static Task<int> Keep(Db db, string token, Guid family) =>
        db.Execute(
            $"""
            insert into identity.refresh_token (tenant_id, token_hash, family, expires_at)
            values ({db.Scope.Tenant}, {Links.HashOf(token)}, {family}, now() + make_interval(days => {Days}))
            """
        );

    private static Task<bool> IsUsed(Db db, string token) =>
        db.One<bool>(
            $"""
            select exists (select from identity.refresh_token
                where token_hash = {Links.HashOf(token)} and used_at is not null)
            """
        );

    private static string SuccessorOf(string token, byte[] salt) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(token)));

    private static IResult Gone() =>
        Forms.Refuse(
            400,
            "invalid_grant",
            "This refresh token is unknown, used, ended or too old. The person must sign in again."
        );
}
