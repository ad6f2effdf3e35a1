using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>
/// In whose place people may decide today: themselves, and those who have delegated to them for the day. What was received
/// by delegation is not passed on: a delegate's delegate has no hand in it.
/// </summary>
internal static class Hands
{
    private sealed record Delegated(Guid DelegateId, Guid PersonId);

    internal static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Hand>>> Of(Db db, IEnumerable<Guid> actors)
    {
        var asking = actors.Distinct().ToArray();
        var delegated = await db.Query<Delegated>(
            $"""
            select distinct delegate_id, person_id from work.delegation
            where delegate_id = any ({asking}) and ended_at is null
                and now() >= begins_at and now() < expires_at
            order by delegate_id, person_id
            """
        );
        var persons = asking.Concat(delegated.Select(one => one.PersonId)).Distinct().ToArray();
        var members = (await MemberFacts.Members(db, persons)).ToHashSet();
        var roles = (await MemberFacts.RolesOf(db, persons)).ToLookup(one => one.PersonId, one => one.RoleId);
        var from = delegated.ToLookup(one => one.DelegateId, one => one.PersonId);
        return asking.ToDictionary(
            actor => actor,
            actor =>
                (IReadOnlyList<Hand>)
                    [
                        .. from[actor]
                            .Prepend(actor)
                            .Where(_ => members.Contains(actor))
                            .Where(members.Contains)
                            .Select(person => new Hand(person, roles[person].ToHashSet())),
                    ]
        );
    }
}
