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

    private static async Task<NoContent> Run(
        HttpContext http,
        Db db,
        Dbs dbs,
        Passwords passwords,
        SignInGuard guard,
        Request request
    )
    {
        var person = await ProveOneself(http, db, passwords, guard, request.Current);
        if (request.Password == request.Current)
            throw new Refused("password.same", "This is the password you have. Choose another one.");
        var hash = passwords.Hash(request.Password);
        await Set(dbs, person, hash);
        await ListSessions.EndAll(dbs, person, SessionCookie.Of(http)?.Hash);
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
        Db db,
        Passwords passwords,
        SignInGuard guard,
        string password
    )
    {
        var person = Caller.Required(http).Actor;
        var email =
            await db.Find<string>($"select email from identity.member where person_id = {person}")
            ?? throw new Refused("session.not_a_person", "A machine has no password; this address is for people.", status: 404);
        var attempt = await guard.Begin(email, http.Connection.RemoteIpAddress);
        if (!passwords.Fits(await db.One<string>($"select identity.password_of({person})"), password))
            throw new Refused("password.wrong", "The present password is wrong. Nothing was changed.");
        await guard.Succeeded(attempt);
        return person;
    }
}
