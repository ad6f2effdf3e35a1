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

    // As long as the longest pause of a virtual machine that somebody moves.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task One_of_three_that_stands_still_inside_a_batch_keeps_nobody_from_an_answer_and_loses_none_of_its_own()
    {
        await using var open = await OpenFactory.Start(server);
        var (hot, free) = (open.Factory.Items[0], open.Factory.Items[1]);
        await open.Stock(100_000, hot);
        await open.Stock(100_000, free);
        await using var frozen = await ProgramProcess.Serve(open.Database.ConnectionString);
        await using var third = await ProgramProcess.Serve(open.Database.ConnectionString);
        var client = await open.Factory.AddClient("shop");
        using var its = await ApiClient.Authorize(frozen.Url, client);
        using var thirds = await ApiClient.Authorize(third.Url, client);
        using var over = new CancellationTokenSource();
        var buyers = Enumerable.Range(0, 4).Select(Buy).ToList();
        await StandStillInABatch(open, frozen);

        var (began, waits) = (TimeProvider.System.GetTimestamp(), new List<TimeSpan>());
        var same = Enumerable
            .Range(0, 10)
            .Select(at => thirds.Post(Reservations, open.Demand($"SO-SAME-{at}", (hot, 1))))
            .ToList();
        while (TimeProvider.System.GetElapsedTime(began) < Pause)
        {
            var asked = TimeProvider.System.GetTimestamp();
            var api = waits.Count % 2 == 0 ? open.Api : thirds;
            var answer = await api.Post(Reservations, open.Demand($"SO-FREE-{waits.Count}", (free, 1)));
            Assert.Equal(HttpStatusCode.Created, answer.Status);
            waits.Add(TimeProvider.System.GetElapsedTime(asked));
        }
        Assert.All(await Task.WhenAll(same), one => Assert.Equal(HttpStatusCode.Created, one.Status));
        await over.CancelAsync();
        frozen.Signal(ProgramProcess.SIGCONT);
        var bought = await Task.WhenAll(buyers);

        // Nearly all, for the machine itself may hold one up; who waited for the held row would do so each time.
        var longest = waits.Order().ElementAt(waits.Count * 19 / 20);
        Assert.True(longest < TimeSpan.FromSeconds(2), $"Who needs another row waited {longest}.");
        Assert.Equal(
            (bought.Sum() + same.Count, waits.Count),
            (
                await open.Database.Superuser<decimal>($"select reserved from inventory.balance where item_id = '{hot}'"),
                await open.Database.Superuser<decimal>($"select reserved from inventory.balance where item_id = '{free}'")
            )
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
                    () => Ask(body, key),
                    answer => answer is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests),
                    "answered",
                    seconds: 120
                );
                Assert.Equal(HttpStatusCode.Created, answer);
                promised++;
            }
            return promised;
        }

        async Task<HttpStatusCode> Ask(object body, Guid key)
        {
            try
            {
                return (await its.Post(Reservations, body, key)).Status;
            }
            catch (TaskCanceledException)
            {
                // The client gave up before the process went on.
                return HttpStatusCode.ServiceUnavailable;
            }
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
