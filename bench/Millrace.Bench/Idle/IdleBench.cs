namespace Millrace.Bench;

/// <summary>
/// What the program costs while nobody asks it anything: its processor time, and what it asks the database.
/// </summary>
internal static class IdleBench
{
    internal static async Task Run(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        bench.Say("loading the demo");
        await using (var demo = Running.Millrace(ground.Connection, "demo"))
        {
            demo.Ignore();
            if (await demo.Exit() != 0)
                throw new InvalidOperationException("The demo was not loaded.");
        }
        // Statements are counted by the server itself, which has to be started with its counter.
        await Ground.Execute(ground.Connection, "alter system set shared_preload_libraries = 'pg_stat_statements'");
        await ground.Restart();
        await Ground.Execute(ground.Connection, "create extension pg_stat_statements");
        await using var program = Running.Millrace(ground.Connection, "serve");
        await program.Says("Millrace serves at ");
        program.Ignore();
        // The backlog of the demo is posted and the start is over when the program has rested for a while.
        await Wait.For(async () => await Core(program, TimeSpan.FromSeconds(2)) < 3, "the program rests", 120);
        var (cores, statements) = (new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 2 : 3); round++)
        {
            var time = TimeSpan.FromSeconds(bench.Quick ? 10 : 60);
            var before = await Statements(ground.Connection);
            var began = TimeProvider.System.GetTimestamp();
            var core = await Core(program, time);
            var asked = await Statements(ground.Connection) - before;
            cores.Add(core);
            statements.Add(asked / TimeProvider.System.GetElapsedTime(began).TotalSeconds);
            bench.Say(FormattableString.Invariant($"round {round}: {core:0.00} % of a core, {statements[^1]:0.0} a second"));
        }
        bench.AtMost("core", cores.Median(), "%", 1);
        bench.Figure("core_noise", cores[1] / cores[0], "ratio");
        bench.AtMost("statements", statements.Median(), "1/s", 20);
        bench.Figure("statements_noise", statements[1] / statements[0], "ratio");
        bench.Figure("memory", program.MemoryNow, "MB");
        await program.Stop();
    }

    private static async Task<double> Core(Running program, TimeSpan time)
    {
        var before = Machine.Ticks(program.Id);
        var began = TimeProvider.System.GetTimestamp();
        await Task.Delay(time);
        var elapsed = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        return (Machine.Ticks(program.Id) - before) / elapsed; // hundredths of a second in a second are per cent
    }

    // Everything but begin, commit and the like; what these two looks cost is in it.
    private static Task<long> Statements(string connection) =>
        Ground.Ask<long>(
            connection,
            "select sum(calls)::bigint from pg_stat_statements s join pg_database d on d.oid = s.dbid "
                + "where d.datname = current_database() and query !~* '^ *(begin|commit|rollback|set) *'"
        );
}
