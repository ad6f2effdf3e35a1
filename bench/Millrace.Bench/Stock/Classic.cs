using System.Globalization;
using Npgsql;

namespace Millrace.Bench;

/// <summary>
/// The classic transactions of bench/baselines, run by pgbench straight on the same PostgreSQL: no HTTP, no authentication, no
/// key, no audit.
/// </summary>
internal sealed class Classic
{
    private readonly Ground _ground;
    private readonly string _tools;

    private Classic(Ground ground, string tools) => (_ground, _tools) = (ground, tools);

    internal sealed record Result(double PerSecond, double P50, double P99);

    internal static async Task<Classic> Make(Ground ground)
    {
        await Ground.Execute(ground.Connection, "create database classic");
        var tools = await Ground.Ask<string>(ground.Connection, "select setting from pg_config where name = 'BINDIR'");
        var classic = new Classic(ground, tools);
        await classic.Tool("psql", ["-q", "-v", "ff=90", "-v", "ON_ERROR_STOP=1", "-f", Script("setup")]);
        return classic;
    }

    /// <summary>By so many clients with the prepared protocol, which is the fair one.</summary>
    internal async Task<Result> Run(string script, int clients, int seconds)
    {
        var log = _ground.File($"pgbench-{Guid.CreateVersion7():N}");
        var threads = Math.Min(2, clients);
        await Tool(
            "pgbench",
            [
                "-n",
                "-M",
                "prepared",
                "-f",
                Script(script),
                "-c",
                $"{clients}",
                "-j",
                $"{threads}",
                "-T",
                $"{seconds}",
                "-l",
                "--log-prefix",
                log,
            ]
        );
        // client, transaction, microseconds, ...
        var times = Directory
            .GetFiles(_ground.Directory, $"{Path.GetFileName(log)}*")
            .SelectMany(File.ReadLines)
            .Select(line => double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000)
            // On a machine so busy that not one is done it counts as one that took all of the time.
            .DefaultIfEmpty(seconds * 1000)
            .Order()
            .ToArray();
        return new Result((double)times.Length / seconds, times.Percentile(50), times.Percentile(99));
    }

    private static string Script(string name) => Path.Combine(Running.Root, "bench/baselines", $"{name}.sql");

    private async Task Tool(string name, string[] arguments)
    {
        var at = new NpgsqlConnectionStringBuilder(_ground.Connection);
        string[] all = ["-h", at.Host!, "-p", $"{at.Port}", "-U", at.Username!, .. arguments, "classic"];
        await using var running = Running.Start(Path.Combine(_tools, name), all);
        running.Ignore();
        if (await running.Exit(600) is not 0 and var code)
            throw new InvalidOperationException($"{name} ended with {code}.");
    }
}
