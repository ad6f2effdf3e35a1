using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Gives the caller another password, when they know the one they have; every other session of theirs ends.</summary>
public static class ChangePassword
{
    internal const int Shortest = 10;

    public sealed record Request(
        [Required, StringLength(200)] string Current,
        [Required, StringLength(200, MinimumLength = Shortest)] string Password
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/session/password", Run)
            .SignedIn("It is the caller's own, and the present one must be known.")
            .ChangesRights()
            .Writes()
            .Problems(403)
            .WithSummary("Change your password");

    private static async Task<NoContent> Run(HttpContext http, Dbs dbs, Passwords passwords, SignInGuard guard, Request request)
    {
        var person = await ProveOneself(http, dbs, passwords, guard, request.Current);
        if (request.Password == request.Current)
            throw new Refused("password.same", "This is the password you have. Choose another one.");
        var hash = passwords.Hash(request.Password);
        await Set(dbs, person, hash);
        await ListSessions.EndForPassword(dbs, person, SessionCookie.Of(http)?.Hash);
        return TypedResults.NoContent();
    }

    internal static async Task Set(Dbs dbs, Guid person, string hash)
    {
        await using var db = dbs.Open(DbScope.NoTenant);
        await db.Execute($"select identity.change_password({person}, {hash})");
        await db.Commit();
    }

    /// <summary>Who changes how one signs in says the password once more; guessing is counted as at the door.</summary>
    internal static async Task<Guid> ProveOneself(
        HttpContext http,
        Dbs dbs,
        Passwords passwords,
        SignInGuard guard,
        string password
    )
    {
        var caller = Caller.Required(http);
        var known =
            await Find(dbs, caller)
            ?? throw new Refused("session.not_a_person", "A machine has no password; this address is for people.", status: 404);
        var attempt = await guard.Begin(known.Email, http.Connection.RemoteIpAddress);
        if (!passwords.Fits(known.Hash, password))
            throw new Refused("password.wrong", "The present password is wrong. Nothing was changed.");
        await guard.Succeeded(attempt);
        return caller.Actor;
    }

    private sealed record Known(string Email, string Hash);

    private static async Task<Known?> Find(Dbs dbs, Caller caller)
    {
        await using var db = dbs.Open(DbScope.ForTenant(caller.Tenant, caller.Actor));
        return await db.Find<Known>(
            $"""
            select email, identity.password_of(person_id) as hash from identity.member where person_id = {caller.Actor}
            """
        );
    }
}
