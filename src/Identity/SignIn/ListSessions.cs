using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// Where somebody is signed in, and the end of it: one's own sessions, or a member's for who looks after members.
/// </summary>
public static class ListSessions
{
    private const int Most = 200;

    public sealed record Row(
        Guid Id,
        DateTime CreatedAt,
        DateTime SeenAt,
        DateTime ExpiresAt,
        string Address,
        string Agent,
        bool Current
    );

    public sealed record Result(IReadOnlyList<Row> Items);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/sessions", Own).SignedIn("They are the caller's own.").Reads().WithSummary("Where you are signed in");
        api.MapDelete("/sessions/{id:guid}", EndOwn)
            .SignedIn("It is the caller's own.")
            .ChangesRights()
            .Writes()
            .WithSummary("End one of your sessions");
        api.MapGet("/members/{memberId:guid}/sessions", OfMember)
            .Needs(IdentityPermissions.ReadMembers)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("Where a member is signed in");
        api.MapDelete("/members/{memberId:guid}/sessions/{id:guid}", EndOfMember)
            .Needs(IdentityPermissions.WriteMembers)
            .ChangesRights()
            .Writes()
            .WithSummary("End a member's session");
    }

    /// <summary>
    /// The password is another one: all sessions and consents of the person end in every tenant, except the session that asks,
    /// and the member's history says when.
    /// </summary>
    internal static async Task EndForPassword(Dbs dbs, Guid person, byte[]? except)
    {
        List<int> tenants;
        await using (var db = dbs.Open(DbScope.NoTenant))
            tenants = await db.Query<int>($"select tenant_id from identity.tenants_of({person})");
        foreach (var tenant in tenants)
        {
            await using var db = dbs.Open(DbScope.ForTenant(tenant, person));
            await db.Execute($"update identity.member set password_changed_at = now() where person_id = {person}");
            await db.Execute($"delete from identity.session where person_id = {person} and secret_hash <> {except ?? []}");
            await db.Execute(
                $"""
                update identity.token_family set ended_at = now(), ended_because = 'password'
                where person_id = {person} and ended_at is null
                """
            );
            await db.Commit();
        }
    }

    private static Task<Result> Own(HttpContext http, Db db) =>
        List(db, Caller.Required(http).Actor, SessionCookie.Of(http)?.Hash);

    private static Task<NoContent> EndOwn(HttpContext http, Db db, Guid id) => End(db, Caller.Required(http).Actor, id);

    private static async Task<Result> OfMember(Db db, Guid memberId)
    {
        await Member.One(db, memberId);
        return await List(db, memberId, null);
    }

    private static async Task<NoContent> EndOfMember(Db db, Guid memberId, Guid id)
    {
        await Member.One(db, memberId);
        return await End(db, memberId, id);
    }

    private static async Task<Result> List(Db db, Guid person, byte[]? own) =>
        new(
            await db.Query<Row>(
                $"""
                select session_id as id, created_at, seen_at, expires_at, address, agent,
                    secret_hash = {own ?? []} as current
                from identity.session where person_id = {person} and expires_at > now()
                order by seen_at desc, session_id limit {Most}
                """
            )
        );

    private static async Task<NoContent> End(Db db, Guid person, Guid id)
    {
        var ended = await db.Execute($"delete from identity.session where person_id = {person} and session_id = {id}");
        return ended > 0 ? TypedResults.NoContent() : throw Refused.Missing("session", id);
    }
}
