using System.Globalization;
using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>Serves until it is told to stop; on the way up it may migrate and load the demo.</summary>
internal static class Serve
{
    internal static string Url() =>
        Environment.GetEnvironmentVariable("MILLRACE_URL")
        ?? $"http://127.0.0.1:{Environment.GetEnvironmentVariable("PORT") ?? "8080"}";

    internal static async Task<int> Run(string[] flags)
    {
        if (flags.Except(["--migrate", "--demo"]).FirstOrDefault() is { } unknown)
        {
            Terminal.Error($"serve does not know {unknown}.");
            return Usage.Print();
        }
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        if (flags.Contains("--migrate"))
            await new Migrator(database.Connection, Modules.All).Run(name => Terminal.Say($"ran {name}"));
        var clients = flags.Contains("--demo") ? await LoadDemo.Into(database.Connection, Terminal.Say) : null;

        await using var app = WebProgram.Build(database.Connection, Url(), Settings(), Level(), with: FromEnvironment(database));
        _ = app.Services.GetRequiredService<Secrets>(); // unusable keys are said now, not at the first secret
        if (await ClusterState.WhyNot(app.Services.GetRequiredService<Databases>()) is { } advice)
        {
            Terminal.Error(advice);
            return 1;
        }
        try
        {
            await app.StartAsync();
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return 0; // told to stop before it served
        }
        Terminal.Say($"Millrace serves at {string.Join(", ", app.Urls)}");
        if (clients is not null)
            Demo.SignIns.Print(clients);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static Action<IServiceCollection> FromEnvironment(DatabaseInUse database) =>
        services =>
        {
            services.AddSingleton(Pooler.FromEnvironment());
            services.AddSingleton(LimitSettings.FromEnvironment());
            services.AddSingleton(ObserveSettings.FromEnvironment());
            services.AddSingleton(TelemetrySettings.FromEnvironment());
            services.AddSingleton(database.Retention());
            if (database.BackupsIfAny() is { } backups)
                services.AddBackups(backups);
        };

    private static LogSettings Settings()
    {
        var settings = new LogSettings();
        return Environment.GetEnvironmentVariable("MILLRACE_LEASE_SECONDS") is { Length: > 0 } text
            ? settings with
            {
                Lease = TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture)),
            }
            : settings;
    }

    private static LogLevel Level() =>
        Enum.TryParse<LogLevel>(Environment.GetEnvironmentVariable("MILLRACE_LOG"), ignoreCase: true, out var level)
            ? level
            : LogLevel.Information;
}
