using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>Exchanges with other systems: what comes in or goes out by itself, by a time table, and what became of it.</summary>
public static class Exchanges
{
    internal const string Manage = "kernel.exchange.manage";
    private const int Most = 100;
    private const int RunsShown = 50;

    public sealed record Row(
        Guid Id,
        string Name,
        string Direction,
        string Way,
        string Subject,
        ExchangeHow How,
        bool HasPassword,
        Schedules.Request When,
        DateTime? NextAt,
        DateTime? LastAt,
        string? LastOutcome,
        string? LastError,
        int Version
    );

    public sealed record Request(
        [Required, Text(60)] string Name,
        [OneOf("in", "out")] string Direction,
        [Required, Text(60)] string Subject,
        [Required] ExchangeHow How,
        [Required] Schedules.Request When,
        // One that is left out stays as it is.
        [Text(200)] string? Password = null
    );

    public sealed record Run(
        long Id,
        DateTime EndedAt,
        string Outcome,
        string Name,
        long? Rows,
        Guid? ImportId,
        string? ImportState,
        string? Error
    );

    private sealed record Stored(
        Guid Id,
        string Name,
        string Direction,
        string Way,
        string Subject,
        string How,
        bool HasPassword,
        string Cron,
        string TimeZone,
        bool Enabled,
        DateTime? NextAt,
        DateTime? LastAt,
        string? LastOutcome,
        string? LastError,
        int Version
    );

    private static readonly Sql Shown = $"""
        select e.exchange_id as id, e.name, e.direction, e.way, e.subject, e.how::text as how,
            e.password is not null as has_password, s.cron, s.time_zone, s.enabled, s.next_at, s.last_at,
            r.outcome as last_outcome, r.error as last_error, e.version
        from kernel.exchange e join kernel.schedule s using (tenant_id, schedule_id)
            left join lateral (select outcome, error from kernel.exchange_run r
                where r.tenant_id = e.tenant_id and r.exchange_id = e.exchange_id order by run_id desc limit 1) r on true
        """;

    internal static void Add(IServiceCollection services)
    {
        services.AddSingleton(_ => ExchangeSettings.FromEnvironment());
        services.AddSingleton<ExchangeJobs>();
        services.AddSingleton<ExchangeJudge>();
        services.AddJob<RunExchange>(
            (all, run, job) => all.GetRequiredService<ExchangeJobs>().Run(run, job),
            ExchangeJobs.Longest
        );
        services.DeclarePermission(Manage, "Set up what comes from other systems and goes to them");
        services.DeclareEvent<ExchangeRan>(Manage);
        services.DeclareAudited(Manage, "kernel.exchange");
        services.DeclareSealed(Passwords);
        services.DeclareStart(
            new(
                "exchanges",
                new("Exchanges that need a look", "Bakılması gereken veri alışverişleri"),
                StartQuestion.Late,
                Manage,
                _ =>
                    $"""
                        select null as type, null as id, e.name as title,
                            left(coalesce(r.error, i.error, r.name || ' (' || i.faulty || '/' || i.row_count || ')'), 120)
                                as detail,
                            r.ended_at as at
                        from kernel.exchange e cross join lateral (select * from kernel.exchange_run r
                                where r.tenant_id = e.tenant_id and r.exchange_id = e.exchange_id order by run_id desc limit 1) r
                            left join kernel.import i on i.tenant_id = r.tenant_id and i.import_id = r.import_id
                        where r.outcome = 'failed' or i.state in ('new', 'checked', 'failed', 'stopped')
                        order by r.ended_at
                        """
            )
        );
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/exchanges", List).Needs(Manage).Reads().WithSummary("What comes from other systems and goes to them");
        api.MapPost("/exchanges", Create).Needs(Manage).Once().WithSummary("Set up an exchange with another system");
        api.MapPut("/exchanges/{id:guid}", Change)
            .Needs(Manage)
            .Writes()
            .Problems(404, 412, 428)
            .WithSummary("Change an exchange; If-Match names the version you have read");
        api.MapPost("/exchanges/{id:guid}/run", Start).Needs(Manage).Once().WithSummary("Do an exchange now");
        api.MapGet("/exchanges/{id:guid}/runs", Runs)
            .Needs(Manage)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("What an exchange has taken, sent or failed at, the newest first");
    }

    private static async Task<Page<Row>> List(Db db) =>
        new((await db.Query<Stored>($"{Shown} order by e.name limit {Most}")).ConvertAll(RowOf), null);

    private static async Task<Page<Run>> Runs(Db db, Guid id)
    {
        await One(db, id);
        return new(
            await db.Query<Run>(
                $"""
                select r.run_id as id, r.ended_at, r.outcome, r.name, r.rows, r.import_id, i.state as import_state,
                    coalesce(r.error, i.error) as error
                from kernel.exchange_run r left join kernel.import i on i.tenant_id = r.tenant_id and i.import_id = r.import_id
                where r.exchange_id = {id} order by r.run_id desc limit {RunsShown}
                """
            ),
            null
        );
    }

    private static async Task<Created<Row>> Create(HttpContext http, Db db, ExchangeJudge judge, Secrets secrets, Request request)
    {
        await judge.Run(http, db, request);
        if (await db.One<long>($"select count(*) from kernel.exchange") >= Most)
            throw new Refused("exchange.too_many", $"There are {Most} exchanges already. Change one of them.");
        return TypedResults.Created((string?)null, await One(db, await SetUp(db, secrets, request)));
    }

    /// <summary>Sets up what was judged, or what the program itself knows to be right.</summary>
    public static async Task<Guid> SetUp(Db db, Secrets secrets, Request request)
    {
        var id = Guid.CreateVersion7();
        await NameIsFree(db, id, request.Name);
        var schedule = await Schedules.Put(db, Guid.CreateVersion7(), request.Name, request.When, new RunExchange(id));
        await db.Execute(
            $"""
            insert into kernel.exchange (tenant_id, exchange_id, schedule_id, name, direction, way, subject, how, password)
            values ({db.Scope.Tenant}, {id}, {schedule}, {request.Name}, {request.Direction}, {WayOf(request)},
                {request.Subject}, {Imports.AsJson(request.How)}, {Sealed(db, secrets, id, request)})
            """
        );
        return id;
    }

    private static async Task<Row> Change(HttpContext http, Db db, ExchangeJudge judge, Secrets secrets, Guid id, Request request)
    {
        var expected = Versions.Expected(http);
        await judge.Run(http, db, request);
        await NameIsFree(db, id, request.Name);
        if (
            await Exchange.Find(db, id) is { Password: not null } known
            && request.Password is null
            && IsElsewhere(known, request)
        )
            throw Invalid.Field("password", "password was the one for another server or user. Type that of the new one.");
        var schedule =
            await db.Find<Guid?>(
                $"""
                update kernel.exchange set name = {request.Name}, direction = {request.Direction}, way = {WayOf(request)},
                    subject = {request.Subject}, how = {Imports.AsJson(request.How)}, version = version + 1,
                    password = case when {WayOf(request)} = 'database'
                        then coalesce({Sealed(db, secrets, id, request)}, password) end
                where exchange_id = {id} and version = {expected}
                returning schedule_id
                """
            )
            ?? throw (
                await db.Find<Guid?>($"select exchange_id from kernel.exchange where exchange_id = {id}") is null
                    ? Refused.Missing("exchange", id)
                    : Versions.Changed("exchange")
            );
        await Schedules.Put(db, schedule, request.Name, request.When, new RunExchange(id));
        Versions.Show(http, expected + 1);
        return await One(db, id);
    }

    private static async Task<Schedules.Started> Start(Db db, Guid id) =>
        await Schedules.RunNow(
            db,
            await db.Find<Guid?>($"select schedule_id from kernel.exchange where exchange_id = {id}")
                ?? throw Refused.Missing("exchange", id)
        );

    private static async Task<Row> One(Db db, Guid id) =>
        RowOf(await db.Find<Stored>($"{Shown} where e.exchange_id = {id}") ?? throw Refused.Missing("exchange", id));

    private static Row RowOf(Stored one) =>
        new(
            one.Id,
            one.Name,
            one.Direction,
            one.Way,
            one.Subject,
            Exchange.HowOf(one.How),
            one.HasPassword,
            new Schedules.Request(one.Cron, one.TimeZone, one.Enabled),
            one.Enabled ? one.NextAt : null,
            one.LastAt,
            one.LastOutcome,
            one.LastError,
            one.Version
        );

    private static bool IsElsewhere(Exchange known, Request request) =>
        request.How.Database is { } to
        && known.How.Database is { } from
        && (to.Host, to.Port, to.Username) != (from.Host, from.Port, from.Username);

    private static string WayOf(Request request) => request.How.Files is null ? "database" : "folder";

    private static byte[]? Sealed(Db db, Secrets secrets, Guid id, Request request) =>
        request.How.Database is not null && request.Password is { } password
            ? secrets.Seal(password, Exchange.Purpose(db, id))
            : null;

    // Its time table is called like it, beside the other recurring work of the organisation.
    private static async Task NameIsFree(Db db, Guid id, string name)
    {
        if (
            await db.Find<Guid?>(
                $"""
                select s.schedule_id from kernel.schedule s left join kernel.exchange e using (tenant_id, schedule_id)
                where s.name = {name} and e.exchange_id is distinct from {id}
                """
            )
            is not null
        )
            throw new Refused("exchange.name_taken", $"Something recurring is called {name} already. Choose another name.");
    }

    private sealed record Box(Guid Id, byte[] Sealed);

    private static SealedColumn Passwords =>
        new(
            "kernel.exchange.password",
            async (db, after) =>
                (
                    await db.Query<Box>(
                        $"""
                        select exchange_id as id, password as sealed from kernel.exchange
                        where exchange_id > {after} and password is not null order by exchange_id limit 500
                        """
                    )
                ).ConvertAll(row => new SealedRow(row.Id, Exchange.Purpose(db, row.Id), row.Sealed)),
            (db, row, box) =>
                db.Execute($"update kernel.exchange set password = {box} where exchange_id = {row.Id} and password = {row.Box}")
        );
}
