namespace Millrace.Bench;

/// <summary>A backlog of 20 tenants worked off by a consumer that keeps a count per tenant in the same commit.</summary>
internal static class Backlog
{
    internal static async Task Run(Benchmark bench, Ground ground)
    {
        var events = bench.Quick ? 50_000 : 1_000_000;
        var connection = await ground.Another("backlog");
        await Followers.MakeTotals(connection);
        await Fill(bench, connection, events);
        await Ground.Execute(connection, "vacuum analyze kernel.event");
        var (rates, memory) = (new List<double>(), new List<double>());
        double sequenced = 0;
        // A new consumer begins at the first position, so each round works off the same events; the first also waits for
        // positions.
        for (var round = 1; round <= (bench.Quick ? 2 : 4); round++)
        {
            var consumer = $"bench.count{round}";
            await using var follower = Running.Child("follow", connection, "count", consumer);
            await follower.Says("following");
            var began = TimeProvider.System.GetTimestamp();
            if (round == 1)
            {
                await Wait.For(() => Ask($"(select max(pos) from kernel.event_pos) >= {events}"), "every event has its position");
                sequenced = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            }
            await Wait.For(
                () => Ask($"(select coalesce(sum(events), 0) from bench.total where consumer = '{consumer}') >= {events}"),
                "the backlog is worked off"
            );
            var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            await Check(connection, consumer);
            memory.Add(follower.MemoryMost);
            await follower.Stop();
            bench.Say($"backlog, round {round}: {events / seconds:0} events/s, {memory[^1]:0} MB");
            rates.Add(events / seconds);
        }
        bench.AtLeast("backlog_drained", rates.Median(), "events/s", 20_000);
        bench.AtLeast("backlog_drained_first", rates[0], "events/s", 20_000);
        bench.Figure("backlog_sequenced", events / sequenced, "events/s");
        bench.Figure("backlog_noise", rates[^1] / rates[^2], "ratio");
        bench.AtMost("backlog_memory", memory.Max(), "MB", 300);

        Task<bool> Ask(string condition) => Ground.Ask<bool>(connection, $"select {condition}");
    }

    private static async Task Fill(Benchmark bench, string connection, int events)
    {
        const int chunk = 10_000;
        bench.Say($"writing a backlog of {events} events");
        await using var open = await Ground.Open(connection);
        for (var written = 0; written < events; written += chunk)
        {
            // In turns of one event per tenant, the least convenient order for a reader.
            await using var command = new Npgsql.NpgsqlCommand(
                $$"""
                insert into kernel.event (tenant_id, type, version, aggregate, actor, request, payload)
                select 1 + n % {{PacedLoad.Tenants}}, 'BenchHappened', 1, 'bench/' || n % 1000,
                    '00000000-0000-7000-8000-000000000001', 'bench',
                    jsonb_build_object('number', n, 'text', repeat('x', 470))
                from generate_series({{written}}, {{written + chunk - 1}}) n
                """,
                open
            );
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task Check(string connection, string consumer)
    {
        var wrong = await Ground.Ask<long>(
            connection,
            $"""
            select count(*) from (select tenant_id, count(*) as events from kernel.event
                where type = 'BenchHappened' group by 1) e
            full join (select tenant_id, events from bench.total where consumer = '{consumer}') t using (tenant_id)
            where e.events is distinct from t.events
            """
        );
        if (wrong > 0)
            throw new InvalidOperationException($"The counts of {wrong} tenants are not the numbers of their events.");
    }
}
