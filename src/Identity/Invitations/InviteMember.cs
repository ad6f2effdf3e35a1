using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Asks somebody in. The link counts once and for a week; a fresh one takes the old one's place.</summary>
public static class InviteMember
{
    private const int Days = 7;

    public sealed record Request(
        [Required, Text(254), EmailAddress] string Email,
        [Required, Text(100)] string Name,
        Guid RoleId,
        [OneOf("en", "tr")] string Language = "en"
    );

    public sealed record Invitation(
        Guid Id,
        string Email,
        string Name,
        string Role,
        DateTime CreatedAt,
        DateTime ExpiresAt,
        bool Expired
    );

    public sealed record Link(string Url, DateTime ExpiresAt);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/invitations", List)
            .Needs(IdentityPermissions.ReadMembers)
            .Reads()
            .WithSummary("Invitations that nobody has taken yet, newest first");
        api.MapPost("/invitations", Create).Needs(IdentityPermissions.WriteMembers).Once().WithSummary("Invite somebody");
        api.MapPut("/invitations/{invitationId:guid}/link", FreshLink)
            .Needs(IdentityPermissions.WriteMembers)
            .Writes()
            .WithSummary("A fresh link to hand over; the one before counts no more");
        api.MapPost("/invitations/{invitationId:guid}/withdrawal", Withdraw)
            .Needs(IdentityPermissions.WriteMembers)
            .Once()
            .WithSummary("Withdraw an invitation");
    }

    private static async Task<Page<Invitation>> List(Db db, PageOf page) =>
        page.Cut(
            await db.Query<Invitation>(
                $"""
                select i.invitation_id as id, i.email, i.name, o.name as role, i.created_at, i.expires_at,
                    i.expires_at <= now() as expired
                from identity.invitation i join identity.role o on o.tenant_id = i.tenant_id and o.role_id = i.role_id
                where i.accepted_at is null and i.withdrawn_at is null
                    and ({page.Start<Guid?>()}::uuid is null or i.invitation_id < {page.Start<Guid?>()})
                order by i.invitation_id desc limit {page.Limit + 1}
                """
            ),
            one => one.Id
        );

    private static async Task<Created<Invitation>> Create(
        HttpContext http,
        Db db,
        IdentitySettings settings,
        Secrets secrets,
        Request request
    )
    {
        var email = request.Email.ToLowerInvariant();
        if (
            await db.Find<Guid?>($"select role_id from identity.role where role_id = {request.RoleId} and retired_at is null")
            is null
        )
            throw Refused.Missing("role", request.RoleId);
        Grants.MustHave(Caller.Required(http), await Grants.OfRoles(db, [request.RoleId]));
        if (await db.Find<string>($"select name from identity.member where lower(email) = {email} limit 1") is { } name)
            throw new Refused(
                "invitation.already_member",
                $"{name} is a member already. Give them the role instead.",
                new { name }
            );
        var (id, secret) = (Guid.CreateVersion7(), Links.FreshSecret());
        await db.Execute(
            $"""
            insert into identity.invitation (tenant_id, invitation_id, email, name, role_id, token_hash, invited_by, expires_at)
            values ({db.Scope.Tenant}, {id}, {email}, {request.Name}, {request.RoleId}, {Links.HashOf(secret)},
                {db.Scope.Actor}, now() + make_interval(days => {Days}))
            """
        );
        var link = Links.Page(http, settings, "/invitation", Links.WithTenant(db.Scope.Tenant, secret));
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["organisation"] = await CreateTenant.NameOf(db),
            ["name"] = request.Name,
        };
        var mail = new OutgoingMail(email, IdentityMails.Invitation, request.Language, values);
        await Mails.Queue(db, mail with { Secret = new MailSecret("link", link, secrets) });
        return TypedResults.Created((string?)null, await One(db, id));
    }

    private static async Task<Link> FreshLink(HttpContext http, Db db, IdentitySettings settings, Guid invitationId)
    {
        var secret = Links.FreshSecret();
        var until = await db.Find<DateTime?>(
            $"""
            update identity.invitation
            set token_hash = {Links.HashOf(secret)}, expires_at = now() + make_interval(days => {Days})
            where invitation_id = {invitationId} and accepted_at is null and withdrawn_at is null
            returning expires_at
            """
        );
        return until is { } end
            ? new Link(Links.Page(http, settings, "/invitation", Links.WithTenant(db.Scope.Tenant, secret)), end)
            : throw Refused.Missing("invitation", invitationId);
    }

    private static async Task<Invitation> Withdraw(Db db, Guid invitationId)
    {
        var withdrawn = await db.Execute(
            $"""
            update identity.invitation set withdrawn_at = coalesce(withdrawn_at, now())
            where invitation_id = {invitationId} and accepted_at is null
            """
        );
        return withdrawn > 0 ? await One(db, invitationId) : throw Refused.Missing("invitation", invitationId);
    }

    private static Task<Invitation> One(Db db, Guid id) =>
        db.One<Invitation>(
            $"""
            select i.invitation_id as id, i.email, i.name, o.name as role, i.created_at, i.expires_at,
                i.expires_at <= now() as expired
            from identity.invitation i join identity.role o on o.tenant_id = i.tenant_id and o.role_id = i.role_id
            where i.invitation_id = {id}
            """
        );
}
