using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// Takes away the second factor of a member who lost it. Their sessions end, the member's history says who did it and when, and
/// the member is told by mail; until they set up a new one the password alone opens the door.
/// </summary>
public static class RemoveSecondFactor
{
    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/members/{memberId:guid}/second-factor-removal", Run)
            .Needs(IdentityPermissions.WriteMembers)
            .ChangesRights()
            .Once()
            .WithSummary("Take away the lost second factor of a member");

    private static async Task<ListMembers.Detail> Run(HttpContext http, Db db, Guid memberId)
    {
        var member = await Member.One(db, memberId);
        // One organisation's administrator has no say over who is also at home in another.
        if ((await db.Query<int>($"select tenant_id from identity.tenants_of({memberId})")).Count > 1)
            throw new Refused(
                "second_factor.of_several",
                $"{member.Name} also belongs to another organisation, so only they themselves can remove the second factor."
            );
        // Without the factor the account is easier to take: the member's rights must not be more than the caller's.
        Grants.MustHave(Caller.Required(http), await Rights.OfPerson(db, memberId));
        if (!await SecondFactor.IsActive(db, memberId))
            throw new Refused("second_factor.none", $"{member.Name} has no second factor; there is nothing to take away.");
        await SecondFactor.Remove(db, memberId);
        await db.Execute($"update identity.member set factor_removed_at = now() where person_id = {memberId}");
        await db.Execute($"delete from identity.session where person_id = {memberId}");
        var language = await db.One<string>(
            $"""
            select coalesce(m.language, (select case country when 'TR' then 'tr' else 'en' end from company.v_company
                order by code limit 1), 'en')
            from identity.member m where m.person_id = {memberId}
            """
        );
        await Mails.Queue(
            db,
            new OutgoingMail(
                member.Email,
                IdentityMails.FactorRemoved,
                language,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = member.Name }
            )
        );
        return await ListMembers.Describe(db, memberId);
    }
}
