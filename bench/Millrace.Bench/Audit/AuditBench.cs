using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>What the audit costs on a plain update of one row: the same verb on two tables, one with the trigger.</summary>
internal static class AuditBench
{
    private const int CallerCount = 8;
    private const int RowsOfCaller = 50;

    internal static async Task Run(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        await Make(ground.Connection);
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var open = databases;
        var time = TimeSpan.FromSeconds(bench.Quick ? 2 : 6);
        foreach (var table in (string[])["plain", "audited"])
            await Rate(dbs, table, TimeSpan.FromSeconds(1)); // pools and plans are warm
        var (plain, audited, ratios, noise) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 3 : 7); round++)
        {
            plain.Add(await Rate(dbs, "plain", time));
            audited.Add(await Rate(dbs, "audited", time));
            var again = await Rate(dbs, "plain", time);
            ratios.Add((((plain[^1] + again) / 2 / audited[^1]) - 1) * 100);
            noise.Add(again / plain[^1]);
            bench.Say(
                FormattableString.Invariant(
                    $"round {round}: {plain[^1]:0} a second, audited {audited[^1]:0}, plain again {again:0}"
                )
            );
        }
        bench.AtMost("audit_cost", ratios.Median(), "%", 25, plain.Median(), audited.Median() / plain.Median());
        bench.Figure("noise", noise.Median(), "ratio");
        await AuditedVerb.Run(bench, ground, dbs);
    }

    private static async Task Make(string connection) =>
        await Ground.Execute(
            connection,
            FormattableString.Invariant(
                $"""
                set role millrace_owner;
                create schema bench;
                create table bench.plain (tenant_id int, id int, name text not null, unit text not null, note text not null,
                    version int not null, primary key (tenant_id, id)) with (fillfactor = 70);
                create table bench.audited (like bench.plain including all) with (fillfactor = 70);
                call kernel.protect('bench.plain');
                call kernel.protect('bench.audited');
                call kernel.audit('bench.audited', 'id');
                grant usage on schema bench to millrace_app;
                grant select, insert, update on bench.plain, bench.audited to millrace_app;
                reset role;
                insert into bench.plain select 1, n, 'Name of ' || n, 'pcs', repeat('note ', 20), 1
                    from generate_series(0, {CallerCount * RowsOfCaller - 1}) n;
                set app.tenant_id = '1';
                insert into bench.audited select * from bench.plain;
                analyze bench.plain, bench.audited;
                """
            )
        );

    private static Task<double> Rate(Dbs dbs, string table, TimeSpan time) =>
        Callers.Rate(
            CallerCount,
            time,
            async (caller, count) =>
            {
                var (id, name) = ((caller * RowsOfCaller) + (count % RowsOfCaller), $"Name {count}");
                await using var db = dbs.Open(DbScope.ForTenant(1));
                await (
                    table == "plain"
                        ? db.Execute($"update bench.plain set name = {name}, version = version + 1 where id = {id}")
                        : db.Execute($"update bench.audited set name = {name}, version = version + 1 where id = {id}")
                );
                await db.Commit();
            }
        );
}
