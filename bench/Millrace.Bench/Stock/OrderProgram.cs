using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millrace.Host;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>The program with the benchmark's own orders beside its modules.</summary>
internal static class OrderProgram
{
    /// <summary>Of the ids of its orders; their number follows.</summary>
    internal const string Prefix = "00000000-0000-7000-8000-";

    internal static async Task Run(string connection)
    {
        await using var app = WebProgram.Build(
            connection,
            "http://127.0.0.1:0",
            new LogSettings(),
            LogLevel.Warning,
            with: services =>
            {
                services.AddSingleton(LimitSettings.FromEnvironment());
                ConfirmOrder.Declare(services);
            }
        );
        new ConfirmOrder().Map(app);
        await app.StartAsync();
        Child.Say($"Millrace serves at {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync();
    }
}
