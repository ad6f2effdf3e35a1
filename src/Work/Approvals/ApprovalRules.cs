using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>
/// Who must approve what. A changed rule counts from the next document on; what is pending keeps the steps it was asked with.
/// </summary>
public static class ApprovalRules
{
    public sealed record Request(
        [Required, Text(100)] string Name,
        [Required, Text(40)] string DocumentType,
        [Range(1, 10_000)] int Rank,
        [Required, Length(0, 10), Filled] IReadOnlyList<ApprovalCondition> Conditions,
        [Required, Length(1, 10), Filled] IReadOnlyList<ApprovalStep> Steps,
        Guid? CompanyId = null
    );

    public sealed record Rule(
        Guid Id,
        string Name,
        string DocumentType,
        Guid? CompanyId,
        int Rank,
        IReadOnlyList<ApprovalCondition> Conditions,
        IReadOnlyList<ApprovalStep> Steps,
        int Version
    );

    private sealed record Row(
        Guid Id,
        string Name,
        string DocumentType,
        Guid? CompanyId,
        int Rank,
        string Conditions,
        string Steps,
        int Version
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/approval-rules", async (Db db) => new Page<Rule>(await List(db), null))
            .Needs(WorkPermissions.WriteRules)
            .Reads()
            .WithSummary("Approval rules in the order in which they are asked");
        api.MapPost(
                "/approval-rules",
                async Task<Created<Rule>> (Db db, ApprovalSubjects subjects, Request request) =>
                    TypedResults.Created((string?)null, await Create(db, subjects, request))
            )
            .Needs(WorkPermissions.WriteRules)
            .Once()
            .WithSummary("Create an approval rule");
        api.MapPut("/approval-rules/{id:guid}", Change)
            .Needs(WorkPermissions.WriteRules)
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change an approval rule; If-Match names the version you have read");
        api.MapPost("/approval-rules/{id:guid}/retirement", Retire)
            .Needs(WorkPermissions.WriteRules)
            .Once()
            .WithSummary("Stop asking an approval rule");
    }

    public static async Task<Rule> Create(Db db, ApprovalSubjects subjects, Request request)
    {
        await Check(db, subjects, request);
        var row = await db.Find<Row>(
            $"""
            insert into work.approval_rule (tenant_id, rule_id, company_id, name, document_type, rank, conditions, steps)
            values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, {request.CompanyId}, {request.Name}, {request.DocumentType},
                {request.Rank}, {Approvals.Text(request.Conditions)}, {Approvals.Text(request.Steps)})
            on conflict do nothing
            returning rule_id as id, name, document_type, company_id, rank, conditions::text as conditions,
                steps::text as steps, version
            """
        );
        return row is null ? throw Taken(request) : Read(row);
    }

    private static async Task<List<Rule>> List(Db db) =>
        (
            await db.Query<Row>(
                $"""
                select rule_id as id, name, document_type, company_id, rank, conditions::text as conditions,
                    steps::text as steps, version
                from work.approval_rule where retired_at is null
                order by document_type, rank, rule_id limit 500
                """
            )
        ).ConvertAll(Read);

    private static async Task<Rule> Change(HttpContext http, Db db, ApprovalSubjects subjects, Guid id, Request request)
    {
        var expected = Versions.Expected(http);
        await Check(db, subjects, request);
        var twin = await db.Find<Guid?>(
            $"select rule_id from work.approval_rule where name = {request.Name} and rule_id <> {id} and retired_at is null"
        );
        if (twin is not null)
            throw Taken(request);
        var row = await db.Find<Row>(
            $"""
            update work.approval_rule set name = {request.Name}, document_type = {request.DocumentType},
                company_id = {request.CompanyId}, rank = {request.Rank}, conditions = {Approvals.Text(request.Conditions)},
                steps = {Approvals.Text(request.Steps)}, version = version + 1
            where rule_id = {id} and version = {expected} and retired_at is null
            returning rule_id as id, name, document_type, company_id, rank, conditions::text as conditions,
                steps::text as steps, version
            """
        );
        if (row is not null)
            return Read(row);
        if (await db.Find<Guid?>($"select rule_id from work.approval_rule where rule_id = {id} and retired_at is null") is null)
            throw Refused.Missing("approval rule", id);
        throw Versions.Changed("approval rule");
    }

    private static async Task<Rule> Retire(Db db, Guid id) =>
        Read(
            await db.Find<Row>(
                $"""
                update work.approval_rule set retired_at = coalesce(retired_at, clock_timestamp()) where rule_id = {id}
                returning rule_id as id, name, document_type, company_id, rank, conditions::text as conditions,
                    steps::text as steps, version
                """
            ) ?? throw Refused.Missing("approval rule", id)
        );

    /// <summary>Every attribute is one the document type declares, and everybody named is here.</summary>
    private static async Task Check(Db db, ApprovalSubjects subjects, Request request)
    {
        var type = subjects.Known(request.DocumentType);
        foreach (var (one, at) in request.Conditions.Select((one, at) => (one, at)))
        {
            var (amount, word) = (type.Amounts.Contains(one.Attribute), type.Words.Contains(one.Attribute));
            if (!amount && !word)
                throw Invalid.Field(
                    $"conditions[{at}].attribute",
                    $"attribute must be one of: {string.Join(", ", type.Amounts.Concat(type.Words))}."
                );
            if ((one.From is not null, one.Is is not null) != (amount, word))
                throw Invalid.Field(
                    $"conditions[{at}]",
                    amount ? "An amount is compared with from, and with nothing else." : "A word is compared with is only."
                );
        }
        if (request.CompanyId is { } company)
            await ListCompanies.One(db, company);
        foreach (var (one, at) in request.Steps.Select((one, at) => (one, at)))
            if (one.EscalateAfterHours is null != one.EscalateTo is null)
                throw Invalid.Field($"steps[{at}]", "Say both after how many hours and to whom it is escalated, or neither.");
        await Approvers.MustBeHere(
            db,
            request.Steps.SelectMany(one => one.EscalateTo is { } to ? one.Approvers.Append(to) : one.Approvers)
        );
    }

    private static Refused Taken(Request request) =>
        new("approval_rule.name_taken", $"Another rule is called {request.Name}. Choose another name.");

    private static Rule Read(Row row) =>
        new(
            row.Id,
            row.Name,
            row.DocumentType,
            row.CompanyId,
            row.Rank,
            JsonSerializer.Deserialize<List<ApprovalCondition>>(row.Conditions, Wire.Options)!,
            JsonSerializer.Deserialize<List<ApprovalStep>>(row.Steps, Wire.Options)!,
            row.Version
        );
}

internal static class Approvers
{
    internal static async Task MustBeHere(Db db, IEnumerable<Approver> approvers)
    {
        var named = approvers.ToLookup(one => one.Kind, one => one.Id);
        var persons = named["person"].Except(await MemberFacts.Members(db, named["person"])).ToList();
        if (persons.Count > 0)
            throw Refused.Missing("member", persons[0]);
        var roles = named["role"].Except((await MemberFacts.Roles(db)).Select(one => one.Id)).ToList();
        if (roles.Count > 0)
            throw Refused.Missing("role", roles[0]);
    }
}
