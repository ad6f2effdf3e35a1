using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Host;
using Millrace.Kernel;
using Spans = System.Collections.Generic.List<(double P50, double P99)>;

namespace Millrace.Bench;

/// <summary>What those who work notice of a backup, and how long a backup and a restore of it take.</summary>
internal static class BackupBench
{
    private const int Rate = 100;

    internal static async Task Run(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var open = databases;
        var mills = await Mill.Make(dbs, 1);
        var seeds = ground.File("mills");
        await Mill.Save(mills, seeds);
        await Fill(bench, ground.Connection, bench.Quick ? 200 : 5000);
        var settings = new BackupSettings(ground.File("backup"), ground.File("backup.key")) { Directory = ground.Directory };

        await using var program = Running.Millrace(ground.Connection, "serve");
        var url = await program.Says("Millrace serves at ");
        program.Ignore();
        var door = await Door.Make(dbs, mills[0].Tenant, url, "inventory.receive");
        await Load(ground, door, seeds, bench.Quick ? 3 : 30); // warm
        await Shell("sync");
        var (without, with, took) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 1 : 2); round++)
        {
            var before = await Load(ground, door, seeds, bench.Quick ? 3 : 60);
            var taking = new TakeBackup(databases, settings, TimeProvider.System);
            var (during, seconds) = await Beside(ground, door, seeds, () => taking.Run(hurry: bench.Quick));
            var after = await Load(ground, door, seeds, bench.Quick ? 3 : 60);
            without.AddRange(before.Concat(after).Select(span => span.P99));
            with.AddRange(during.Select(span => span.P99));
            took.Add(seconds);
            foreach (var (name, spans) in ((string, Spans)[])[("before", before), ("beside", during), ("after", after)])
                bench.Say($"round {round}, {name} it, p99 of each 10 s: {string.Join(' ', spans.Select(one => $"{one.P99:0}"))}");
            bench.Say(FormattableString.Invariant($"round {round}: the backup took {seconds:0.0} s"));
        }
        bench.Figure("api_p99", without.Median(), "ms");
        bench.Figure("api_p99_with_backup", with.Median(), "ms", without.Median());
        bench.AtMost("api_p99_ratio", with.Median() / without.Median(), "ratio", 2);
        bench.Figure("api_p99_worst", without.Max(), "ms");
        bench.Figure("api_p99_worst_with_backup", with.Max(), "ms", without.Max());
        bench.Figure("backup_took", took.Median(), "s");
        bench.Figure("backup_size", new BackupFolder(settings.Folder).All()[^1].Bytes / 1e6, "MB");
        await program.Stop();
        await Restore(bench, ground, databases, settings);
    }

    /// <summary>A drill is a restore and a check of every invariant; the newest commit in it says what would be lost.</summary>
    private static async Task Restore(Benchmark bench, Ground ground, Databases databases, BackupSettings settings)
    {
        var services = new ServiceCollection();
        services.AddModules(ground.Connection, new LogSettings());
        await using var provider = services.BuildServiceProvider();
        var drill = new Drill(databases, provider.GetServices<Invariant>(), settings, new LogSettings(), TimeProvider.System);
        var result = await drill.Run(bench.Say);
        bench.Figure("restore_and_verify", result.Took.TotalSeconds, "s");
        bench.AtMost("violations", result.Violations.Count, "", 0);
    }

    private static async Task Fill(Benchmark bench, string connection, int megabytes)
    {
        bench.Say($"filling {megabytes} MB");
        await Ground.Execute(
            connection,
            "create table filler (n int not null, text text not null) with (autovacuum_enabled = off)"
        );
        const int rows = 25_000; // about 50 MB
        for (var done = 0; done < megabytes; done += 50)
            await Ground.Execute(
                connection,
                "insert into filler select n, repeat(md5(n::text) || md5(random()::text), 30) from "
                    + FormattableString.Invariant($"generate_series(1, {rows}) n")
            );
        // What a table so fresh still asks of the server is not to fall into the first round.
        await Ground.Execute(connection, "vacuum (analyze) filler");
        await Ground.Execute(connection, "checkpoint");
    }

    private static async Task<(Spans Late, double Seconds)> Beside(Ground ground, Door door, string seeds, Func<Task> work)
    {
        var done = ground.File($"done-{Guid.CreateVersion7():N}");
        var load = Load(ground, door, seeds, 1, done);
        var began = TimeProvider.System.GetTimestamp();
        await work();
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await File.WriteAllTextAsync(done, "");
        return (await load, seconds);
    }

    private static async Task<Spans> Load(Ground ground, Door door, string seeds, int seconds, string? until = null)
    {
        await using var load = Running.Child(
            "api",
            door.Url,
            door.Client,
            door.Secret,
            seeds,
            $"{Rate}",
            until ?? seeds,
            $"{seconds}"
        );
        var spans = new Spans();
        while ((await load.Says("span", 1800)).Split(' ') is [_, var p50, var p99])
            spans.Add((double.Parse(p50, CultureInfo.InvariantCulture), double.Parse(p99, CultureInfo.InvariantCulture)));
        return spans;
    }

    // What the filling left in memory is written before anything is measured.
    private static async Task Shell(string command)
    {
        using var process = System.Diagnostics.Process.Start(command);
        await process.WaitForExitAsync();
    }
}
