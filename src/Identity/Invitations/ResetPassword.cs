using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>A new password for who forgot theirs, by a link that counts once and for an hour.</summary>
public static class ResetPassword
{
    private const int Minutes = 60;

    public sealed record Request(
        [Required, Text(200)] string Token,
        [Required, StringLength(200, MinimumLength = ChangePassword.Shortest)] string Password
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/members/{memberId:guid}/password-link", MakeLink)
            .Needs(IdentityPermissions.WriteMembers)
            .Writes()
            .WithSummary("A link with which a member sets a new password, to hand over");
        api.MapPost("/password-resets/completion", Complete)
            .Open("Who forgot the password cannot sign in; the link is the proof.")
            .Reads()
            .ProducesProblem(409)
            .WithSummary("Set a new password");
    }

    /// <summary>A secret that resets a person's password; what was made before for them counts no more.</summary>
    internal static async Task<string> FreshSecret(Db db, Guid person)
    {
        var secret = Links.FreshSecret();
        await db.Execute($"delete from identity.password_reset where person_id = {person}");
        await db.Execute(
            $"""
            insert into identity.password_reset (token_hash, person_id, expires_at)
            values ({Links.HashOf(secret)}, {person}, now() + make_interval(mins => {Minutes}))
            """
        );
        return secret;
    }

    private static async Task<InviteMember.Link> MakeLink(
        HttpContext http,
        Db db,
        IdentitySettings settings,
        TimeProvider clock,
        Guid memberId
    )
    {
        var member = await Member.One(db, memberId);
        // One organisation's administrator has no say over who is also at home in another.
        if ((await db.Query<int>($"select tenant_id from identity.tenants_of({memberId})")).Count > 1)
            throw new Refused(
                "password.of_several",
                $"{member.Name} also belongs to another organisation, so only they themselves can reset the password."
            );
        // The member's rights must not be more than the caller's: a link is as good as the account.
        Grants.MustHave(Caller.Required(http), await Rights.OfPerson(db, memberId));
        var secret = await FreshSecret(db, memberId);
        return new InviteMember.Link(
            Links.Page(http, settings, "/new-password", secret),
            clock.GetUtcNow().UtcDateTime.AddMinutes(Minutes)
        );
    }

    private static async Task<NoContent> Complete(
        HttpContext http,
        Dbs dbs,
        Passwords passwords,
        SignInGuard guard,
        Request request
    )
    {
        var attempt = await guard.Begin(email: null, http.Connection.RemoteIpAddress);
        var hash = passwords.Hash(request.Password);
        Guid person;
        await using (var db = dbs.Open(DbScope.NoTenant))
        {
            person =
                await db.Find<Guid?>(
                    $"""
                    update identity.password_reset set used_at = now()
                    where token_hash = {Links.HashOf(request.Token)} and used_at is null and expires_at > now()
                    returning person_id
                    """
                )
                ?? throw new Refused("password.link_spent", "This link was used, or is older than an hour. Ask for a fresh one.");
            await db.Execute($"select identity.change_password({person}, {hash})");
            await db.Commit();
        }
        await ListSessions.EndAll(dbs, person, except: null);
        await guard.Succeeded(attempt);
        return TypedResults.NoContent();
    }
}
