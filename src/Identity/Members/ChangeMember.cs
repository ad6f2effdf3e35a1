using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// Gives a member their roles, lets them in again after too many attempts, takes them out of use or brings them back.
/// </summary>
public static class ChangeMember
{
    public sealed record RolesRequest([Required, Length(1, 100)] IReadOnlyList<Guid> RoleIds);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/members/{memberId:guid}/roles", GiveRoles)
            .Needs(IdentityPermissions.WriteMembers)
            .ChangesRights()
            .Writes()
            .WithSummary("Give a member exactly these roles");
        api.MapPost("/members/{memberId:guid}/unlocking", Unlock)
            .Needs(IdentityPermissions.WriteMembers)
            .Once()
            .WithSummary("Let a member in again after too many attempts");
        api.MapPost("/members/{memberId:guid}/retirement", (Db db, Guid memberId) => Retire(db, memberId, retire: true))
            .Needs(IdentityPermissions.WriteMembers)
            .ChangesRights()
            .Once()
            .WithSummary("Take a member out of use; their sessions end");
        api.MapPost("/members/{memberId:guid}/restoration", (Db db, Guid memberId) => Retire(db, memberId, retire: false))
            .Needs(IdentityPermissions.WriteMembers)
            .ChangesRights()
            .Once()
            .WithSummary("Bring a retired member back");
    }

    private static async Task<ListMembers.Detail> GiveRoles(HttpContext http, Db db, Guid memberId, RolesRequest request)
    {
        await Grants.OneByOne(db);
        await Member.One(db, memberId);
        var wanted = request.RoleIds.Distinct().ToArray();
        var known = await db.Query<Guid>(
            $"select role_id from identity.role where role_id = any({wanted}) and retired_at is null limit 100"
        );
        if (wanted.Except(known).ToList() is [var missing, ..])
            throw Refused.Missing("role", missing);
        var had = await db.Query<Guid>($"select role_id from identity.member_role where person_id = {memberId} limit 200");
        Grants.MustHave(Caller.Required(http), await Grants.OfRoles(db, [.. wanted.Except(had)]));
        await db.Execute($"delete from identity.member_role where person_id = {memberId} and role_id <> all({wanted})");
        await db.Execute(
            $"""
            insert into identity.member_role (tenant_id, person_id, role_id)
            select {db.Scope.Tenant}, {memberId}, unnest({wanted}) on conflict do nothing
            """
        );
        await Grants.SomebodyIsLeft(db);
        return await ListMembers.Describe(db, memberId);
    }

    private static async Task<ListMembers.Detail> Unlock(Db db, Guid memberId)
    {
        await SignInGuard.Unlock(db, (await Member.One(db, memberId)).Email);
        return await ListMembers.Describe(db, memberId);
    }

    private static async Task<ListMembers.Detail> Retire(Db db, Guid memberId, bool retire)
    {
        await Grants.OneByOne(db);
        var member = await Member.One(db, memberId);
        if (!retire && member.ErasedAt is not null)
            throw new Refused("member.erased", "What was known of this person is erased. Invite them anew instead.");
        await db.Execute(
            $"""
            update identity.member set retired_at = case when {retire} then now() end
            where person_id = {memberId} and (retired_at is null) = {retire}
            """
        );
        if (retire)
        {
            await Grants.SomebodyIsLeft(db);
            await db.Execute($"delete from identity.session where person_id = {memberId}");
        }
        return await ListMembers.Describe(db, memberId);
    }
}
