using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>Something somebody should hear of: about a document or a task.</summary>
public sealed record Notice(Guid Person, string Kind, string SubjectType, Guid SubjectId, string Title, string Text);

/// <summary>Tells people in the app; nobody is told of what they did themselves.</summary>
public static class Notify
{
    public static async Task Send(Db db, IReadOnlyList<Notice> notices)
    {
        var others = notices.Where(one => one.Person != db.Scope.Actor).Distinct().ToList();
        if (others.Count == 0)
            return;
        var members = (await MemberFacts.Members(db, others.Select(one => one.Person))).ToHashSet();
        others.RemoveAll(one => !members.Contains(one.Person));
        if (others.Count == 0)
            return;
        await db.Execute(
            $"""
            insert into work.notification (tenant_id, notification_id, person_id, kind, subject_type, subject_id, title, text,
                actor)
            select {db.Scope.Tenant}, notification_id, person_id, kind, subject_type, subject_id, title, text, {db.Scope.Actor}
            from unnest({others.Select(_ => Guid.CreateVersion7()).ToArray()}, {others.Select(one => one.Person).ToArray()},
                {others.Select(one => one.Kind).ToArray()}, {others.Select(one => one.SubjectType).ToArray()},
                {others.Select(one => one.SubjectId).ToArray()}, {others.Select(one => one.Title).ToArray()},
                {others.Select(one => one.Text).ToArray()})
                as n (notification_id, person_id, kind, subject_type, subject_id, title, text)
            """
        );
        await SendDigest.Schedule(db);
        await db.Publish(new PeopleNotified([.. others.Select(one => one.Person).Distinct().Order()]));
    }
}

/// <summary>These people have something new to read; what it is, only they can see.</summary>
[EventType("PeopleNotified", 1)]
public sealed record PeopleNotified(IReadOnlyList<Guid> People) : IEvent
{
    public string Aggregate => "notifications";
}
