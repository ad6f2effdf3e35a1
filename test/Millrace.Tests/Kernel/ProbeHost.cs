using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Millrace.CrashHost;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>The program's work with the tests' consumer beside the real ones: here, or in a process that may crash.</summary>
internal static class ProbeHost
{
    internal static readonly LogSettings Settings = new() { Lease = TimeSpan.FromSeconds(0.5) };

    /// <summary>Where the tests' consumer writes what it handled, in the order in which it did.</summary>
    internal static Task<int> PrepareProbe(this TestDatabase database) =>
        database.Superuser(
            """
            create table public.probed (n bigint generated always as identity, tenant_id int, pos bigint, note text);
            grant select, insert on public.probed to millrace_app
            """
        );

    internal static async Task<InProcess> Probe(this TestDatabase database, bool broken = false, LogSettings? settings = null)
    {
        var consumer = new ProbeConsumer { IsBroken = broken };
        var host = ProbeProgram.Build(database.ConnectionString, settings ?? Settings, consumer);
        await host.StartAsync();
        return new InProcess(host, consumer);
    }

    /// <summary>The same for jobs, with times short enough to be waited for.</summary>
    internal static async Task<JobsInProcess> ProbeJobs(
        this TestDatabase database,
        bool broken = false,
        JobSettings? settings = null,
        TimeProvider? clock = null
    )
    {
        var probe = new JobProbe { IsBroken = broken };
        var host = ProbeProgram.Build(
            database.ConnectionString,
            Settings,
            new ProbeConsumer(),
            probe,
            settings
                ?? new JobSettings
                {
                    Lease = TimeSpan.FromSeconds(0.6),
                    Idle = TimeSpan.FromMilliseconds(50),
                    Minute = TimeSpan.FromMilliseconds(100),
                    FirstPause = TimeSpan.FromMilliseconds(50),
                },
            clock
        );
        await host.StartAsync();
        return new JobsInProcess(host, probe);
    }

    internal sealed class JobsInProcess(IHost host, JobProbe probe) : IAsyncDisposable
    {
        internal JobProbe Probe => probe;

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    /// <summary>A process of its own; nobody starts it again but the test.</summary>
    internal static Process Start(TestDatabase database, bool broken)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Millrace.CrashHost");
        Assert.True(File.Exists(program), $"{program} is missing; the test project builds it.");
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(database.ConnectionString);
        start.ArgumentList.Add(Settings.Lease.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(broken ? "broken" : "mended");
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { }; // the crash report; read so that its pipe never fills
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Starts the crashing program again and again until this holds, and says how often it crashed.</summary>
    internal static async Task<int> RestartUntil(TestDatabase database, Func<Task<bool>> holds, int most)
    {
        for (var crashes = 0; crashes <= most; crashes++)
        {
            using var process = Start(database, broken: true);
            try
            {
                await Eventually.True(async () => process.HasExited || await holds(), "it crashes, or goes on", 30);
                if (!process.HasExited)
                    return crashes;
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync();
            }
        }
        Assert.Fail($"The program crashed more than {most} times over the same event.");
        return -1;
    }

    /// <summary>The notes of what was handled, in the order in which it was.</summary>
    internal static Task<string[]> Probed(this TestDatabase database) =>
        database.Superuser<string[]>("select coalesce(array_agg(note order by n), '{}') from public.probed");

    internal static Task<string[]> ParkedNotes(this TestDatabase database) =>
        database.Superuser<string[]>(
            $"""
            select coalesce(array_agg(e.payload ->> 'note' order by k.pos), '{"{}"}') from kernel.parked k
            join kernel.event e on e.day = k.event_day and e.id = k.event_id
            where k.consumer = '{ProbeConsumer.Name}' and k.resolved_at is null
            """
        );

    internal sealed class InProcess(IHost host, ProbeConsumer consumer) : IAsyncDisposable
    {
        internal ProbeConsumer Consumer => consumer;

        internal IServiceProvider Services => host.Services;

        /// <summary>False once something in it has failed so badly that the host ended itself.</summary>
        internal bool IsUp =>
            !((IHostApplicationLifetime)host.Services.GetService(typeof(IHostApplicationLifetime))!)
                .ApplicationStopping
                .IsCancellationRequested;

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
        }
    }
}
