using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// Erases for good what is known of a person who has left: name and address here, in invitations and mails, and with the key of
/// the audit everything that was written down of them. What they did stays, under a number.
/// </summary>
public static class EraseMember
{
    private sealed record State(DateTime? RetiredAt, DateTime? ErasedAt, string Email, string Name);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/members/{memberId:guid}/erasure", Run)
            .Needs(IdentityPermissions.EraseMembers)
            .ChangesRights()
            .Once()
            .WithSummary("Erase what is known of a retired member, for good");

    public static async Task<ListMembers.Detail> Run(Db db, Guid memberId)
    {
        var member =
            await db.Find<State>(
                $"select retired_at, erased_at, email, name from identity.member where person_id = {memberId} for update"
            ) ?? throw Refused.Missing("member", memberId);
        if (member.ErasedAt is not null)
            return await ListMembers.Describe(db, memberId);
        if (member.RetiredAt is null)
            throw new Refused(
                "member.not_retired",
                $"{member.Name} is still a member. Take them out of use first; what is erased cannot be brought back."
            );
        var number = $"#{memberId.ToString("N")[^8..]}";
        // The key goes first: what the changes below leave in the audit is sealed for nobody.
        var invitations = await db.Query<Guid>(
            $"select invitation_id from identity.invitation where email = {member.Email} order by invitation_id limit 1000"
        );
        await PersonKeys.Destroy(db, [memberId, .. invitations]);
        await db.Execute(
            $"""
            update identity.invitation set email = 'erased@erased.invalid', name = {number},
                withdrawn_at = coalesce(withdrawn_at, case when accepted_at is null then now() end)
            where email = {member.Email}
            """
        );
        await db.Execute($"delete from identity.session where person_id = {memberId}");
        await Mails.Forget(db, member.Email);
        await db.Execute(
            $"""
            update identity.member set name = {number}, email = {$"{memberId:N}@erased.invalid"}, erased_at = now()
            where person_id = {memberId}
            """
        );
        await db.Execute($"select identity.leave_tenant({memberId})");
        return await ListMembers.Describe(db, memberId);
    }
}
