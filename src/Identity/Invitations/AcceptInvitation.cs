using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// Takes an invitation: who is new chooses a password, who has an account already says theirs and joins another organisation.
/// </summary>
public static class AcceptInvitation
{
    public sealed record Request(
        [Required, Text(200)] string Token,
        [Required, StringLength(200, MinimumLength = ChangePassword.Shortest)] string Password
    );

    public sealed record Result(string Email, string Organisation);

    private sealed record Open(string Email, string Name, Guid RoleId);

    private sealed record Known(Guid PersonId, string PasswordHash);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/invitations/acceptance", Run)
            .Open("Who is invited is nobody here yet; the link is the proof.")
            .Reads()
            .Problems(403, 409, 413, 415)
            .WithSummary("Accept an invitation");

    private static async Task<Result> Run(HttpContext http, Dbs dbs, Passwords passwords, SignInGuard guard, Request request)
    {
        var attempt = await guard.Begin(email: null, http.Connection.RemoteIpAddress);
        if (Links.TenantOf(request.Token) is not var (tenant, secret))
            throw Spent();
        await using var db = dbs.Open(DbScope.ForTenant(tenant, request: RequestId.Of(http)));
        var open =
            await db.Find<Open>(
                $"""
                update identity.invitation set accepted_at = now()
                where token_hash = {Links.HashOf(secret)} and accepted_at is null and withdrawn_at is null and expires_at > now()
                returning email, name, role_id
                """
            ) ?? throw Spent();
        var known = await db.Find<Known>($"select person_id, password_hash from identity.person_by_email({open.Email})");
        if (known is not null && !passwords.Fits(known.PasswordHash, request.Password))
            throw new Refused(
                "invitation.known_person",
                $"{open.Email} has an account here already. Enter the password of that account to join."
            );
        var organisation = await CreateTenant.NameOf(db);
        var person = await db.One<Guid>(
            $"""
            select identity.join_tenant({Guid.CreateVersion7()}, {open.Email}, {passwords.Hash(request.Password)}, {organisation})
            """
        );
        await db.Execute(
            $"""
            insert into identity.member (tenant_id, person_id, name, email)
            values ({tenant}, {person}, {open.Name}, {open.Email}) on conflict do nothing
            """
        );
        await db.Execute(
            $"""
            insert into identity.member_role (tenant_id, person_id, role_id)
            values ({tenant}, {person}, {open.RoleId}) on conflict do nothing
            """
        );
        await db.Commit();
        await guard.Succeeded(attempt);
        return new Result(open.Email, organisation);
    }

    private static Refused Spent() =>
        new("invitation.spent", "This invitation was taken, withdrawn, or is older than a week. Ask for a fresh link.");
}
