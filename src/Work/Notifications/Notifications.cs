using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>What the caller was told, newest first, and how much of it is unread; only its reader marks it.</summary>
public static class Notifications
{
    private const int Most = 100;

    public sealed record Row(
        Guid Id,
        string Kind,
        string SubjectType,
        Guid SubjectId,
        string Title,
        string Text,
        string ActorName,
        DateTime At,
        DateTime? ReadAt
    );

    public sealed record Counts(int Inbox, int Unread);

    public sealed record ReadRequest([Required, Length(1, Most)] IReadOnlyList<Guid> NotificationIds);

    private sealed record Stored(
        Guid Id,
        string Kind,
        string SubjectType,
        Guid SubjectId,
        string Title,
        string Text,
        Guid Actor,
        DateTime At,
        DateTime? ReadAt
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/notifications", List).Needs(WorkPermissions.Use).Reads().WithSummary("What you were told, newest first");
        api.MapGet("/notifications/counts", Count)
            .Needs(WorkPermissions.Use)
            .Reads()
            .WithSummary("How many wait for your decision, and how many notifications are unread");
        api.MapPost("/notifications/reading", Read).Needs(WorkPermissions.Use).Once().WithSummary("Mark notifications as read");
    }

    private static async Task<Page<Row>> List(HttpContext http, Db db)
    {
        var me = Caller.Required(http).Actor;
        var rows = await db.Query<Stored>(
            $"""
            select notification_id as id, kind, subject_type, subject_id, title, text, actor, at, read_at
            from work.notification where person_id = {me}
            order by notification_id desc limit {Most}
            """
        );
        var names = await MemberFacts.Names(db, rows.Select(one => one.Actor));
        return new Page<Row>(
            rows.ConvertAll(one => new Row(
                one.Id,
                one.Kind,
                one.SubjectType,
                one.SubjectId,
                one.Title,
                one.Text,
                names.GetValueOrDefault(one.Actor) ?? "",
                one.At,
                one.ReadAt
            )),
            null
        );
    }

    private static async Task<Counts> Count(HttpContext http, Db db)
    {
        var me = Caller.Required(http).Actor;
        var unread = await db.One<int>(
            $"""
            select count(*)::int from (
                select from work.notification where person_id = {me} and read_at is null limit 1000) n
            """
        );
        return new Counts((await ListInbox.Of(db, me)).Count, unread);
    }

    private static async Task<Counts> Read(HttpContext http, Db db, ReadRequest request)
    {
        var (me, ids) = (Caller.Required(http).Actor, request.NotificationIds.Distinct().ToArray());
        var known = await db.Query<Guid>(
            $"select notification_id from work.notification where person_id = {me} and notification_id = any ({ids})"
        );
        if (ids.Except(known).Select(id => (Guid?)id).FirstOrDefault() is { } missing)
            throw Refused.Missing("notification", missing);
        await db.Execute(
            $"""
            update work.notification set read_at = clock_timestamp()
            where person_id = {me} and read_at is null and notification_id = any ({ids})
            """
        );
        return await Count(http, db);
    }
}
