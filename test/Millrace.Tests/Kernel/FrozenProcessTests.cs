using System.Net;

namespace Millrace.Tests;

/// <summary>A process that stands still with rows in hand, as a machine does that swaps or a virtual one that is moved.</summary>
public sealed class FrozenProcessTests(Server server)
{
    private const string Reservations = "/api/v1/reservations";

    private const string Holding = """
        pg_stat_activity a join pg_locks l on l.pid = a.pid
        where a.datname = current_database() and l.relation = 'inventory.balance'::regclass and l.mode = 'RowShareLock'
        """;

    [Fact]
    public async Task One_that_stands_still_inside_a_batch_keeps_nobody_from_an_answer_and_loses_none_of_its_own()
    {
        await using var open = await OpenFactory.Start(server);
        var (hot, free) = (open.Factory.Items[0], open.Factory.Items[1]);
        await open.Stock(100_000, hot);
        await open.Stock(100, free);
        await using var frozen = await ProgramProcess.Serve(open.Database.ConnectionString);
        using var its = await ApiClient.Authorize(frozen.Url, await open.Factory.AddClient("shop"));
        using var over = new CancellationTokenSource();
        var buyers = Enumerable.Range(0, 4).Select(Buy).ToList();
        await StandStillInABatch(open, frozen);

        var began = TimeProvider.System.GetTimestamp();
        var other = await open.Reserve("SO-FREE", 1, free);
        var took = TimeProvider.System.GetElapsedTime(began);
        var same = await Task.WhenAll(Enumerable.Range(0, 10).Select(at => open.Reserve($"SO-SAME-{at}", 1, hot)));
        await over.CancelAsync();
        frozen.Signal(ProgramProcess.SIGCONT);
        var bought = await Task.WhenAll(buyers);

        Assert.Equal(HttpStatusCode.Created, other.Status);
        Assert.True(took < TimeSpan.FromSeconds(2), $"Who needs another row took {took}.");
        Assert.All(same, one => Assert.Equal(HttpStatusCode.Created, one.Status));
        Assert.Equal(
            bought.Sum() + 10,
            await open.Database.Superuser<decimal>($"select reserved from inventory.balance where item_id = '{hot}'")
        );
        await EveryInvariant.Holds(open.Database.ConnectionString);

        // Who hears nothing certain asks again with the same key, and then knows. The time it stands still counts.
        async Task<int> Buy(int buyer)
        {
            var promised = 0;
            while (!over.IsCancellationRequested)
            {
                var (key, body) = (Guid.CreateVersion7(), open.Demand($"SO-{buyer}-{promised}", (hot, 1)));
                var answer = await Eventually.Get(
                    () => its.Post(Reservations, body, key),
                    answer => answer.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests),
                    "answered",
                    seconds: 120
                );
                Assert.Equal(HttpStatusCode.Created, answer.Status);
                promised++;
            }
            return promised;
        }
    }

    // Stopped when the database says that it holds a balance, and let go again when it has gone on before the signal came.
    private static async Task StandStillInABatch(OpenFactory open, ProgramProcess process)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            await Eventually.True(async () => await open.Count(Holding) > 0, "the process inside a batch", seconds: 30);
            process.Signal(ProgramProcess.SIGSTOP);
            if (await open.Count($"{Holding} and a.state = 'idle in transaction'") > 0)
                return;
            process.Signal(ProgramProcess.SIGCONT);
        }
        Assert.Fail("The process always went on before it could be stopped inside a batch.");
    }
}
