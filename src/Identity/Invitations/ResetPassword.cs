using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
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

    public sealed record Ask([Required, Text(254), EmailAddress] string Email, [OneOf("en", "tr")] string Language = "en");

    private sealed record Found(Guid PersonId, int TenantId);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/password-resets", Send)
            .Open("Who forgot the password cannot sign in.")
            .Reads()
            .Problems(403, 413, 415)
            .WithSummary("Have a link for a new password sent to one's own address");
        api.MapPut("/members/{memberId:guid}/password-link", MakeLink)
            .Needs(IdentityPermissions.WriteMembers)
            .Writes()
            .WithSummary("A link with which a member sets a new password, to hand over");
        api.MapPost("/password-resets/completion", Complete)
            .Open("Who forgot the password cannot sign in; the link is the proof.")
            .Reads()
            .Problems(403, 409, 413, 415)
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

    // Answered alike whether or not there is such an account.
    private static async Task<Accepted> Send(
        HttpContext http,
        Dbs dbs,
        SignInGuard guard,
        IdentitySettings settings,
        IServer server,
        Secrets secrets,
        Ask ask
    )
    {
        await guard.Begin(email: null, http.Connection.RemoteIpAddress);
        Found? found;
        await using (var db = dbs.Open(DbScope.NoTenant))
            found = await db.Find<Found>($"select person_id, tenant_id from identity.person_by_email({ask.Email})");
        if (found is null)
            return TypedResults.Accepted((string?)null);
        await using (var db = dbs.Open(DbScope.ForTenant(found.TenantId, found.PersonId, RequestId.Of(http))))
        {
            var lately = await db.Find<int?>(
                $"""
                select 1 from identity.password_reset
                where person_id = {found.PersonId} and made_at > now() - interval '2 minutes' limit 1
                """
            );
            if (lately is not null)
                return TypedResults.Accepted((string?)null);
            var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = ask.Email };
            var link = $"{settings.AddressForMail(server)}/new-password#{await FreshSecret(db, found.PersonId)}";
            var mail = new OutgoingMail(ask.Email, IdentityMails.PasswordReset, ask.Language, values);
            await Mails.Queue(db, mail with { Secret = new MailSecret("link", link, secrets) });
            await db.Commit();
        }
        return TypedResults.Accepted((string?)null);
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
        await ListSessions.EndForPassword(dbs, person, except: null);
        await guard.Succeeded(attempt);
        return TypedResults.NoContent();
    }
}
