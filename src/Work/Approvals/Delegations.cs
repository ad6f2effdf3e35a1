using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>For the days of an absence somebody else may decide in one's place; they cannot pass it on.</summary>
public static class Delegations
{
    public sealed record Request(
        Guid CompanyId,
        Guid DelegateId,
        DateOnly Starts,
        DateOnly Ends,
        [Text(200, MayBeEmpty = true)] string? Note = null
    );

    public sealed record Row(
        Guid Id,
        Guid PersonId,
        string PersonName,
        Guid DelegateId,
        string DelegateName,
        DateOnly Starts,
        DateOnly Ends,
        string Note,
        bool Active,
        DateTime? EndedAt
    );

    private sealed record Stored(
        Guid Id,
        Guid PersonId,
        Guid DelegateId,
        DateOnly Starts,
        DateOnly Ends,
        string Note,
        bool Active,
        DateTime? EndedAt
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/delegations", (HttpContext http, Db db) => List(db, Caller.Required(http).Actor))
            .Needs(WorkPermissions.Decide)
            .Reads()
            .WithSummary("Delegations from you and to you");
        api.MapPost(
                "/delegations",
                async Task<Created<Row>> (HttpContext http, Db db, Request request) =>
                    TypedResults.Created((string?)null, await Create(db, Caller.Required(http).Actor, request))
            )
            .Needs(WorkPermissions.Decide)
            .Once()
            .WithSummary("Let somebody decide in your place for some days");
        api.MapPost(
                "/delegations/{id:guid}/ending",
                (HttpContext http, Db db, Guid id) => End(db, Caller.Required(http).Actor, id)
            )
            .Needs(WorkPermissions.Decide)
            .Once()
            .WithSummary("End a delegation of yours");
    }

    public static async Task<Row> Create(Db db, Guid person, Request request)
    {
        if (request.Ends < request.Starts)
            throw Invalid.Field("ends", "ends must not be before starts.");
        if (request.Starts.Year is < 2000 or > 2199 || request.Ends.Year > 2199)
            throw Invalid.Field("starts", "The days of a delegation must be between 2000 and 2199.");
        if (request.DelegateId == person)
            throw Invalid.Field("delegateId", "Choose somebody else: you decide for yourself anyway.");
        var company = await ListCompanies.One(db, request.CompanyId);
        var members = await MemberFacts.Members(db, [person, request.DelegateId]);
        if (!members.Contains(request.DelegateId))
            throw Refused.Missing("member", request.DelegateId);
        if (!members.Contains(person))
            throw new Refused("delegation.not_a_member", "Only people delegate; a machine decides nothing.");
        var id = Guid.CreateVersion7();
        await db.Execute(
            $"""
            insert into work.delegation (tenant_id, delegation_id, person_id, delegate_id, starts, ends, begins_at, expires_at,
                note)
            values ({db.Scope.Tenant}, {id}, {person}, {request.DelegateId}, {request.Starts}, {request.Ends},
                {request.Starts}::timestamp at time zone {company.TimeZone},
                ({request.Ends} + 1)::timestamp at time zone {company.TimeZone}, {request.Note ?? ""})
            """
        );
        return (await List(db, person)).Items.First(one => one.Id == id);
    }

    private static async Task<Page<Row>> List(Db db, Guid me)
    {
        var rows = await db.Query<Stored>(
            $"""
            select delegation_id as id, person_id, delegate_id, starts, ends, note, ended_at,
                ended_at is null and now() >= begins_at and now() < expires_at as active
            from work.delegation where person_id = {me} or delegate_id = {me}
            order by delegation_id desc limit 200
            """
        );
        var names = await MemberFacts.Names(db, rows.SelectMany(one => new[] { one.PersonId, one.DelegateId }));
        string Name(Guid id) => names.GetValueOrDefault(id) ?? "";
        return new Page<Row>(
            rows.ConvertAll(one => new Row(
                one.Id,
                one.PersonId,
                Name(one.PersonId),
                one.DelegateId,
                Name(one.DelegateId),
                one.Starts,
                one.Ends,
                one.Note,
                one.Active,
                one.EndedAt
            )),
            null
        );
    }

    private static async Task<Row> End(Db db, Guid person, Guid id)
    {
        var ended = await db.Execute(
            $"""
            update work.delegation set ended_at = coalesce(ended_at, clock_timestamp())
            where delegation_id = {id} and person_id = {person}
            """
        );
        if (ended == 0)
            throw Refused.Missing("delegation", id);
        return (await List(db, person)).Items.First(one => one.Id == id);
    }
}
