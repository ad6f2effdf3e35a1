using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millrace.Host;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>An event of the benchmark, numbered so that its way can be followed.</summary>
[EventType("BenchHappened", 1)]
public sealed record BenchHappened(long Number, string Text) : IEvent
{
    public string Aggregate => $"bench/{Number % 1000}";
}

/// <summary>
/// The program's own work (sequencer, lanes, feed, upkeep, all modules) without its API, and one consumer more.
/// </summary>
internal static class Follower
{
    internal static async Task Run(string connection, Action<IServiceCollection> more)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddSimpleConsole();
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace
        );
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddModules(connection, new LogSettings());
        builder.Services.AddKernelWork();
        builder.Services.DeclareEvent<BenchHappened>(seenWith: "bench");
        more(builder.Services);
        using var host = builder.Build();
        await host.StartAsync();
        Child.Say("following");
        await host.WaitForShutdownAsync();
    }
}

/// <summary>The consumers that benchmarks register in the measured process.</summary>
internal static class Followers
{
    internal const int StampBytes = 16;

    /// <summary>Writes down when each event was handed over, the number and the clock, as 16 bytes.</summary>
    internal static void Stamp(IServiceCollection services, string file)
    {
        var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
        services.AddConsumer(
            new Consumer(
                "bench.stamp",
                [typeof(BenchHappened)],
                (_, events) =>
                {
                    var now = TimeProvider.System.GetTimestamp();
                    var bytes = new byte[events.Count * StampBytes];
                    for (var at = 0; at < events.Count; at++)
                    {
                        BitConverter.TryWriteBytes(bytes.AsSpan(at * StampBytes), events[at].Read<BenchHappened>().Number);
                        BitConverter.TryWriteBytes(bytes.AsSpan((at * StampBytes) + 8), now);
                    }
                    lock (stream)
                    {
                        stream.Write(bytes);
                        stream.Flush();
                    }
                    return Task.CompletedTask;
                }
            )
        );
    }

    /// <summary>Keeps a count per tenant in the commit of the batch.</summary>
    internal static void Count(IServiceCollection services, string name) =>
        services.AddConsumer(
            new Consumer(
                name,
                [typeof(BenchHappened)],
                (db, events) =>
                    db.Execute(
                        $"""
                        insert into bench.total as t (tenant_id, consumer, events)
                            values ({db.Scope.Tenant}, {name}, {events.Count})
                        on conflict (tenant_id, consumer) do update set events = t.events + {events.Count}
                        """
                    )
            )
        );

    internal static async Task MakeTotals(string connection) =>
        await Ground.Execute(
            connection,
            """
            set role millrace_owner;
            create schema bench;
            create table bench.total (tenant_id int, consumer text, events bigint not null, primary key (tenant_id, consumer));
            call kernel.protect('bench.total');
            grant usage on schema bench to millrace_app;
            grant select, insert, update on bench.total to millrace_app;
            """
        );
}
