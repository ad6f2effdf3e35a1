using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>
/// Lists as people like to see them: filters, order and columns under a name, for oneself or shared; one of one's own may be the
/// usual one. Whoever sees the list sees its shared views; only its owner changes a view.
/// </summary>
internal static class ListViews
{
    /// <summary>Shares a view with everybody who sees the list.</summary>
    internal const string Share = "kernel.view.share";
    private const int Most = 100;

    public sealed record Row(Guid Id, string List, string Name, string Query, bool Shared, bool Usual, bool Own, int Version);

    public sealed record Request(
        [Required, Text(60)] string List,
        [Required, Text(80)] string Name,
        [Required, Text(4000, MayBeEmpty = true)] string Query,
        bool Usual = false
    );

    public sealed record Sharing(bool Shared);

    internal static void Map(IEndpointRouteBuilder api)
    {
        const string own = "It shows views of one's own, and those that others share of lists one may see.";
        api.MapGet("/list-views", List)
            .SignedIn(own)
            .Reads()
            .Problems(404)
            .WithSummary("Saved views of a list: one's own and shared ones");
        api.MapPost("/list-views", Create).SignedIn(own).Once().WithSummary("Save a view of a list");
        api.MapPut("/list-views/{id:guid}", Change).SignedIn(own).Writes().WithSummary("Change a view of one's own");
        api.MapPut("/list-views/{id:guid}/sharing", ShareWithAll)
            .Needs(Share)
            .Writes()
            .WithSummary("Share a view of one's own with everybody who sees the list, or no longer");
        api.MapDelete("/list-views/{id:guid}", Delete).SignedIn(own).Writes().WithSummary("Remove a view of one's own");
    }

    private static async Task<IReadOnlyList<Row>> List(HttpContext http, Db db, ListNames lists, [Text(60)] string list)
    {
        lists.MaySee(http, list);
        return await db.Query<Row>(
            $"""
            select view_id as id, list, name, query, shared, usual and owner = {db.Scope.Actor} as usual,
                owner = {db.Scope.Actor} as own, version
            from kernel.list_view where list = {list} and (shared or owner = {db.Scope.Actor}) order by name, view_id limit {Most
                * 2}
            """
        );
    }

    private static async Task<Created<Row>> Create(HttpContext http, Db db, ListNames lists, Request request)
    {
        lists.MaySee(http, request.List);
        var many = await db.One<long>(
            $"select count(*) from kernel.list_view where list = {request.List} and owner = {db.Scope.Actor}"
        );
        if (many >= Most)
            throw new Refused("view.too_many", $"You have {many} views of this list already. Remove one first.");
        await OnlyUsual(db, request);
        var id = Guid.CreateVersion7();
        var made = await db.Execute(
            $"""
            insert into kernel.list_view (tenant_id, view_id, list, name, query, owner, usual)
            values ({db.Scope.Tenant}, {id}, {request.List}, {request.Name}, {request.Query}, {db.Scope.Actor}, {request.Usual})
            on conflict (tenant_id, list, owner, name) do nothing
            """
        );
        return made == 1
            ? TypedResults.Created((string?)null, await One(db, id))
            : throw new Refused("view.name_taken", $"You have a view called {request.Name} already. Choose another name.");
    }

    private static async Task<Row> Change(Db db, Guid id, Request request)
    {
        if (await One(db, id) is not { Own: true } known || known.List != request.List)
            throw Refused.Missing("view", id);
        await OnlyUsual(db, request);
        await db.Execute(
            $"""
            update kernel.list_view set name = {request.Name}, query = {request.Query}, usual = {request.Usual},
                version = version + 1
            where view_id = {id} and owner = {db.Scope.Actor}
            """
        );
        return await One(db, id);
    }

    private static async Task<NoContent> Delete(Db db, Guid id)
    {
        await db.Execute($"delete from kernel.list_view where view_id = {id} and owner = {db.Scope.Actor}");
        return TypedResults.NoContent();
    }

    private static async Task<Row> ShareWithAll(Db db, Guid id, Sharing request)
    {
        var changed = await db.Execute(
            $"update kernel.list_view set shared = {request.Shared} where view_id = {id} and owner = {db.Scope.Actor}"
        );
        return changed == 1 ? await One(db, id) : throw Refused.Missing("view", id);
    }

    private static Task OnlyUsual(Db db, Request request) =>
        request.Usual
            ? db.Execute(
                $"update kernel.list_view set usual = false where list = {request.List} and owner = {db.Scope.Actor} and usual"
            )
            : Task.CompletedTask;

    private static async Task<Row> One(Db db, Guid id) =>
        await db.Find<Row>(
            $"""
            select view_id as id, list, name, query, shared, usual and owner = {db.Scope.Actor} as usual,
                owner = {db.Scope.Actor} as own, version
            from kernel.list_view where view_id = {id} and (shared or owner = {db.Scope.Actor})
            """
        ) ?? throw Refused.Missing("view", id);
}
