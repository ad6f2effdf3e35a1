using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>Projects, tags and categories: names that tasks are sorted by.</summary>
public static class Labels
{
    public sealed record Label(Guid Id, string Kind, string Name, DateTime? RetiredAt);

    public sealed record Request([Required, OneOf("project", "tag", "category")] string Kind, [Required, Text(60)] string Name);

    public sealed record RenameRequest([Required, Text(60)] string Name);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/task-labels", async (Db db) => new Page<Label>(await List(db), null))
            .Needs(WorkPermissions.Use)
            .Reads()
            .WithSummary("Projects, tags and categories by name");
        api.MapPost(
                "/task-labels",
                async Task<Created<Label>> (Db db, Request request) =>
                    TypedResults.Created((string?)null, await Create(db, request))
            )
            .Needs(WorkPermissions.Use)
            .Once()
            .WithSummary("Create a project, tag or category");
        api.MapPut("/task-labels/{id:guid}", Rename)
            .Needs(WorkPermissions.Use)
            .Writes()
            .WithSummary("Rename a project, tag or category");
        api.MapPost("/task-labels/{id:guid}/retirement", Retire)
            .Needs(WorkPermissions.Use)
            .Once()
            .WithSummary("Offer a project, tag or category no longer");
    }

    public static async Task<Label> Create(Db db, Request request) =>
        await db.Find<Label>(
            $"""
            insert into work.label (tenant_id, label_id, kind, name)
            values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, {request.Kind}, {request.Name})
            on conflict do nothing
            returning label_id as id, kind, name, retired_at
            """
        ) ?? throw Taken(request.Name);

    private static Task<List<Label>> List(Db db) =>
        db.Query<Label>(
            $"""
            select label_id as id, kind, name, retired_at from work.label
            where retired_at is null order by kind, name limit 1000
            """
        );

    private static async Task<Label> Rename(Db db, Guid id, RenameRequest request)
    {
        var twin = await db.Find<Guid?>(
            $"""
            select other.label_id from work.label one
            join work.label other on other.tenant_id = one.tenant_id and other.kind = one.kind
                and other.name = {request.Name} and other.label_id <> one.label_id and other.retired_at is null
            where one.label_id = {id}
            """
        );
        if (twin is not null)
            throw Taken(request.Name);
        return await db.Find<Label>(
                $"""
                update work.label set name = {request.Name} where label_id = {id} and retired_at is null
                returning label_id as id, kind, name, retired_at
                """
            ) ?? throw Refused.Missing("label", id);
    }

    private static async Task<Label> Retire(Db db, Guid id) =>
        await db.Find<Label>(
            $"""
            update work.label set retired_at = coalesce(retired_at, clock_timestamp()) where label_id = {id}
            returning label_id as id, kind, name, retired_at
            """
        ) ?? throw Refused.Missing("label", id);

    private static Refused Taken(string name) =>
        new("label.name_taken", $"There is one called {name} already. Use it, or choose another name.");
}
