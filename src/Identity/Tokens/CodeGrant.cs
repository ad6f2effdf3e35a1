using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// Turns a code into tokens, once, for the client and the address it was made for and against its proof (PKCE with S256). A code
/// that comes a second time ends what the first one began.
/// </summary>
internal static class CodeGrant
{
    private sealed record Code(Guid PersonId, string RedirectUri, string Scope, string Challenge, string Nonce);

    private sealed record Person(string Name, string Email);

    internal static async Task<IResult> Redeem(Db db, IFormCollection form, ClientProof client, TokenWriter writer, string issuer)
    {
        if (
            Forms.One(form, "code") is not { } given
            || Forms.One(form, "redirect_uri") is not { } address
            || Forms.One(form, "code_verifier") is not { Length: >= 43 and <= 128 } verifier
        )
            return Forms.Refuse(
                400,
                "invalid_request",
                "Send code, redirect_uri and code_verifier (43 to 128 letters), each once."
            );
        var (hash, family) = (Links.HashOf(given), Guid.CreateVersion7());
        // Taken whether or not the rest fits: a code is for one try.
        var code = await db.Find<Code>(
            $"""
            update identity.authorization_code set family = {family}
            where code_hash = {hash} and client_id = {client.Id} and family is null and expires_at > now()
            returning person_id, redirect_uri, scope, challenge, nonce
            """
        );
        var proof = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        if (code is null || code.RedirectUri != address || !Same(code.Challenge, proof))
        {
            if (code is null)
                await EndWhatItBegan(db, hash);
            await db.Commit();
            return Forms.Refuse(400, "invalid_grant", "The code is wrong, used or too old, or does not belong to this request.");
        }
        await db.Execute(
            $"""
            insert into identity.token_family (tenant_id, family, client_id, person_id, scope)
            values ({db.Scope.Tenant}, {family}, {client.Id}, {code.PersonId}, {code.Scope})
            """
        );
        var refresh = Links.FreshSecret();
        await RefreshGrant.Keep(db, refresh, family);
        var (tenant, idToken) = (db.Scope.Tenant!.Value, (string?)null);
        if (Scopes.Of(code.Scope).Contains(Scopes.OpenId))
        {
            var person = await db.One<Person>($"select name, email from identity.member where person_id = {code.PersonId}");
            var clientId = TokenWriter.ClientId(tenant, client.Id);
            idToken = writer.Identity(issuer, clientId, code.PersonId, person.Name, person.Email, code.Nonce);
        }
        await db.Commit();
        return TypedResults.Json(writer.ForPerson(tenant, code.PersonId, code.Scope, family, refresh, idToken));
    }

    private static Task<int> EndWhatItBegan(Db db, byte[] code) =>
        db.Execute(
            $"""
            update identity.token_family set ended_at = now(), ended_because = 'code used twice'
            where ended_at is null
                and family = (select family from identity.authorization_code where code_hash = {code} and family is not null)
            """
        );

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));
}
