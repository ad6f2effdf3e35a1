using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>Transaction, tenancy, refusals, idempotency, the log and its consumers: what every module stands on.</summary>
public static class KernelModule
{
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);

    public static void AddKernel(this IServiceCollection services, string connection, LogSettings log)
    {
        services.AddValidation();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new Pooler(null));
        services.AddSingleton(all => new Databases(connection, all.GetRequiredService<Pooler>().Connection));
        services.AddSingleton<Dbs>();
        services.AddScoped(scope =>
            Transaction.Of(
                scope.GetRequiredService<IHttpContextAccessor>().HttpContext!,
                scope.GetRequiredService<Databases>(),
                scope.GetRequiredService<LogSignals>()
            )
        );
        services.AddHttpContextAccessor();
        services.AddSingleton(new CallerAgain(http => ValueTask.FromResult(Caller.Of(http))));
        services.AddSingleton<IProblemDetailsService, InvalidInput>();
        services.AddSingleton(log);
        services.AddSingleton<LogSignals>();
        services.AddSingleton<LogReader>();
        services.AddSingleton(LogRetention.FromEnvironment(null));
        services.AddSingleton<TrimLog>();
        TrimNightly.Add(services);
        services.AddSingleton<Rebuild>();
        services.AddSingleton<LogHead>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<Verifier>();
        services.AddSingleton<EventTypes>();
        services.AddSecretsFilesAndMail();
        services.AddObservation();
        services.AddRequestTimeouts(options => options.DefaultPolicy = new() { Timeout = LongestRequest });
        services
            .AddSignalR(options => options.MaximumReceiveMessageSize = 16 * 1024)
            .AddJsonProtocol(options => Wire.Configure(options.PayloadSerializerOptions));
        services.ConfigureHttpJsonOptions(options => Wire.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.DeclareInvariants(
            new Invariant("log.positions_dense", File("positions_dense"), PerTenant: false),
            new Invariant("log.cursors_in_step", File("cursors_in_step"), PerTenant: false),
            new Invariant("log.events_have_positions", File("events_have_positions")),
            new Invariant("log.positions_have_events", File("positions_have_events")),
            new Invariant("log.positions_once", File("positions_once")),
            new Invariant("audit.rows_chained", File("audit_rows_chained")),
            new Invariant("audit.rows_unchanged", File("audit_rows_unchanged")),
            new Invariant("audit.chain_unbroken", File("audit_chain_unbroken"))
        );
        services.DeclarePermission(ParkedEvents.Read, "See events that wait for a person");
        services.DeclarePermission(ParkedEvents.Retry, "Try a parked event again");
        services.DeclarePermission(AuditExport.Permission, "Export the audit of a fiscal year");
        services.AddLists();
        services.AddSingleton<AuditedTables>();
        services.DeclareAudited(Fields.Write, "kernel.field", "kernel.field_value");
        services.DeclareAudited(Attachments.Read, Attachments.Entity);
        ListJobs.Add(services);
    }

    /// <summary>The work that goes on without a caller: sequencer, consumers, live feed, upkeep.</summary>
    public static void AddKernelWork(this IServiceCollection services)
    {
        services.AddHostedService(all => all.GetRequiredService<LogHead>());
        services.AddHostedService<Sequencer>();
        services.AddHostedService(all => all.GetRequiredService<LiveFeed>());
        services.AddHostedService<Consumers>();
        services.AddHostedService<LogUpkeep>();
        services.AddHostedService<JobWorker>();
        services.AddHostedService<Scheduler>();
        services.AddHostedService<AuditChain>();
        services.AddHostedService(all => all.GetRequiredService<Sampler>());
    }

    public static void MapKernel(this IEndpointRouteBuilder app, IEndpointRouteBuilder api)
    {
        Health.Map(app);
        ParkedEvents.Map(api);
        ListJobs.Map(api);
        ListEndpoints.Map(api);
        SearchEverything.Map(api);
        ImportEndpoints.Map(api);
        Exchanges.Map(api);
        Schedules.Map(api);
        api.MapFilesAndMail();
        HealthReport.Map(api);
        app.MapHub<LiveHub>("/hub/live", options => options.Transports = HttpTransportType.WebSockets)
            .WithMetadata(new Right(null, "Each event type names the permission with which it is seen.", SignedIn: true))
            .DisableRequestTimeout();
    }

    public static void DeclareInvariants(this IServiceCollection services, params Invariant[] invariants)
    {
        foreach (var invariant in invariants)
            services.AddSingleton(invariant);
    }

    public static void DeclarePermission(this IServiceCollection services, string name, string sentence) =>
        services.AddSingleton(new Permission(name, sentence));

    /// <summary>An event type the module publishes, and the permission with which screens see it.</summary>
    public static void DeclareEvent<TEvent>(this IServiceCollection services, string seenWith)
        where TEvent : IEvent => services.AddSingleton(new EventDeclaration(typeof(TEvent), seenWith));

    public static void AddConsumer(this IServiceCollection services, Consumer consumer) => services.AddSingleton(consumer);

    private static SqlFile File(string name) => SqlFile.In<Verifier>($"Kernel/Verification/{name}.sql");
}
