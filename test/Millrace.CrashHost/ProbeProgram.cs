using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millrace.Host;
using Millrace.Kernel;

namespace Millrace.CrashHost;

/// <summary>The program's work without its web server, with the consumer of the tests beside the real ones.</summary>
public static class ProbeProgram
{
    public static IHost Build(
        string connection,
        LogSettings log,
        ProbeConsumer probe,
        JobProbe? jobs = null,
        JobSettings? settings = null,
        TimeProvider? clock = null
    )
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true }
        );
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddModules(connection, log);
        builder.Services.DeclareEvent<Probed>(Probed.SeenWith);
        builder.Services.AddConsumer(new Consumer(ProbeConsumer.Name, [typeof(Probed)], probe.Run));
        var jobProbe = jobs ?? new JobProbe { IsBroken = probe.IsBroken };
        builder.Services.AddJob<ProbedJob>((_, run, job) => jobProbe.Run(run, job));
        builder.Services.AddSingleton(
            settings ?? new JobSettings { Lease = log.Lease, FirstPause = TimeSpan.FromMilliseconds(50) }
        );
        if (clock is not null)
            builder.Services.AddSingleton(clock);
        builder.Services.AddKernelWork();
        return builder.Build();
    }
}
