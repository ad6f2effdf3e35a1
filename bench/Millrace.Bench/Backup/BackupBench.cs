using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Host;
using Millrace.Kernel;

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
        await Load(ground, door, seeds, bench.Quick ? 3 : 10); // warm
        var (without, with, took) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 1 : 2); round++)
        {
            var before = await Load(ground, door, seeds, bench.Quick ? 3 : 20);
            var taking = new TakeBackup(databases, settings, TimeProvider.System);
            var (during, seconds) = await Beside(ground, door, seeds, () => taking.Run(hurry: bench.Quick));
            var after = await Load(ground, door, seeds, bench.Quick ? 3 : 20);
            without.AddRange([before.P99, after.P99]);
            with.Add(during.P99);
            took.Add(seconds);
            bench.Say(
                FormattableString.Invariant($"round {round}: p99 {before.P99:0} ms, with a backup {during.P99:0} ms, ")
                    + FormattableString.Invariant($"then {after.P99:0} ms; p50 {before.P50:0.0} and {during.P50:0.0} ms; ")
                    + FormattableString.Invariant($"the backup took {seconds:0.0} s")
            );
        }
        bench.Figure("api_p99", without.Median(), "ms");
        bench.Figure("api_p99_with_backup", with.Median(), "ms", without.Median());
        bench.AtMost("api_p99_ratio", with.Median() / without.Median(), "ratio", 2);
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

    private static async Task<((double P50, double P99) Late, double Seconds)> Beside(
        Ground ground,
        Door door,
        string seeds,
        Func<Task> work
    )
    {
        var done = ground.File($"done-{Guid.CreateVersion7():N}");
        var load = Load(ground, door, seeds, 1, done);
        var began = TimeProvider.System.GetTimestamp();
        await work();
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await File.WriteAllTextAsync(done, "");
        return (await load, seconds);
    }

    private static async Task<(double P50, double P99)> Load(
        Ground ground,
        Door door,
        string seeds,
        int seconds,
        string? until = null
    )
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
        var words = (await load.Says("late ", 1800)).Split(' ');
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
