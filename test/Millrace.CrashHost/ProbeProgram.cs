using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millrace.Host;
using Millrace.Kernel;

namespace Millrace.CrashHost;

/// <summary>The program's work without its web server, with the consumer of the tests beside the real ones.</summary>
public static class ProbeProgram
{
    public static IHost Build(string connection, LogSettings log, ProbeConsumer probe)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true }
        );
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddModules(connection, log);
        builder.Services.DeclareEvent<Probed>(Probed.SeenWith);
        builder.Services.AddConsumer(new Consumer(ProbeConsumer.Name, [typeof(Probed)], probe.Run));
        builder.Services.AddKernelWork();
        return builder.Build();
    }
}
