using System.Net;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>One key, several requests at the same moment.</summary>
public sealed class IdempotencyRaceTests(Server server)
{
    private const string WaitsForARow =
        "pg_stat_activity where wait_event_type = 'Lock' and wait_event <> 'advisory' " + "and datname = current_database()";

    [Fact]
    [Case("I1")]
    public async Task Of_200_parallel_requests_with_one_key_one_is_done_and_all_get_its_answer()
    {
        await using var open = await OpenFactory.Start(server);
        var key = Guid.CreateVersion7();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => UntilAnswered(open, key)));

        Assert.Single(answers.Select(one => one.Text).Distinct());
        Assert.Equal(199, answers.Count(one => one.Headers.Contains("Idempotency-Replayed")));
        Assert.Equal((1L, 1L), (await open.Count("kernel.answer"), await open.Count("inventory.movement")));
        Assert.Equal(1, await open.Count("kernel.event"));
    }

    [Fact]
    public async Task A_twin_waits_for_the_first_and_gets_its_answer()
    {
        await using var open = await OpenFactory.Start(server);
        var key = Guid.CreateVersion7();
        await using var other = await App.Start(open.Database.ConnectionString, work: false);
        using var api = open.At(other);
        Assert.Equal(HttpStatusCode.OK, (await api.Get("/api/v1/warehouses")).Status);
        var (blocker, first) = await FirstThatWaits(open, key);
        var twin = api.Post("/api/v1/receipts", open.Goods(5), key);
        await Waiting(open, 2);

        await blocker.DisposeAsync();

        Assert.Equal(HttpStatusCode.Created, (await first).Status);
        Assert.Equal((await first).Text, (await twin).Text);
        Assert.True((await twin).Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(6m, await OnHand(open));
    }

    [Fact]
    public async Task A_twin_does_the_work_when_the_first_is_rolled_back()
    {
        await using var open = await OpenFactory.Start(server);
        var key = Guid.CreateVersion7();
        await using var other = await App.Start(open.Database.ConnectionString, work: false);
        using var api = open.At(other);
        Assert.Equal(HttpStatusCode.OK, (await api.Get("/api/v1/warehouses")).Status);
        var (blocker, first) = await FirstThatWaits(open, key);
        var twin = api.Post("/api/v1/receipts", open.Goods(5), key);
        await Waiting(open, 2);

        await open.Database.Superuser(
            $"select pg_terminate_backend((select pid from {WaitsForARow} order by xact_start limit 1))"
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await first).Status);
        await blocker.DisposeAsync();

        Assert.Equal(HttpStatusCode.Created, (await twin).Status);
        Assert.False((await twin).Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(6m, await OnHand(open));
    }

    [Fact]
    public async Task A_twin_that_has_waited_a_second_is_told_to_ask_again()
    {
        await using var open = await OpenFactory.Start(server);
        var key = Guid.CreateVersion7();
        var (blocker, first) = await FirstThatWaits(open, key);

        var twin = await open.Receive(5, key: key);
        Assert.Equal((HttpStatusCode.Conflict, "idempotency.running"), (twin.Status, twin.Code));
        Assert.Equal(TimeSpan.FromSeconds(1), twin.Headers.RetryAfter?.Delta);

        await blocker.DisposeAsync();
        Assert.Equal(HttpStatusCode.Created, (await first).Status);
        Assert.Equal((await first).Text, (await open.Receive(5, key: key)).Text);
        Assert.Equal(6m, await OnHand(open));
    }

    [Fact]
    [Case("I5")]
    public async Task The_sweep_of_old_keys_and_a_retry_of_them_do_not_disturb_each_other()
    {
        await using var open = await OpenFactory.Start(server);
        var keys = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToList();
        await Task.WhenAll(keys.Select(key => open.Receive(1, key: key)));
        await open.Database.Superuser("update kernel.answer set created_at = now() - interval '25 hours'");

        // Two of each, so that one of them is a twin of the retry while the sweep takes the old row away.
        var retries = Task.WhenAll(keys.Concat(keys).Select(key => UntilAnswered(open, key)));
        var swept = 0;
        do swept += await Sweep(open.Database);
        while (!retries.IsCompleted);
        var answers = await retries;

        Assert.Equal(20, answers.Count(one => one.Headers.Contains("Idempotency-Replayed")));
        Assert.Equal(20, answers.Select(one => one.Text).Distinct().Count());
        Assert.InRange(swept, 0, 20);
        Assert.Equal(0, await Sweep(open.Database));
        Assert.Equal((20L, 40L), (await open.Count("kernel.answer"), await open.Count("inventory.movement")));
    }

    [Fact]
    public async Task The_sweep_takes_what_is_older_than_a_day_and_nothing_else()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(1);
        await open.Stock(2);
        await open.Database.Superuser(
            "update kernel.answer set created_at = now() - interval '24 hours 1 second' "
                + "where key = (select min(key::text)::uuid from kernel.answer)"
        );

        Assert.Equal(1, await Sweep(open.Database));
        Assert.Equal(0, await Sweep(open.Database));
        Assert.Equal(1, await open.Count("kernel.answer"));
    }

    /// <summary>A first request with the key, held up by a row that somebody else holds.</summary>
    private static async Task<(IAsyncDisposable Blocker, Task<Answer> First)> FirstThatWaits(OpenFactory open, Guid key)
    {
        await open.Stock(1);
        var blocker = await open.HoldBalances();
        var first = open.Receive(5, key: key);
        await Waiting(open, 1);
        return (blocker, first);
    }

    private static async Task<int> Sweep(TestDatabase database)
    {
        await using var db = database.Dbs.Open(DbScope.NoTenant);
        var swept = await db.One<int>($"select kernel.sweep_answers(5)");
        await db.Commit();
        return swept;
    }

    // As a client does it: what is still running is asked for again; anything else is the answer.
    private static async Task<Answer> UntilAnswered(OpenFactory open, Guid key) =>
        await Eventually.Get(
            async () =>
            {
                var answer = await open.Receive(1, key: key);
                Assert.True(answer.Status == HttpStatusCode.Created || answer.Code == "idempotency.running", answer.Text);
                return answer;
            },
            answer => answer.Status == HttpStatusCode.Created,
            "answered"
        );

    private static Task Waiting(OpenFactory open, int requests) =>
        Eventually.True(async () => await open.Count(WaitsForARow) == requests, $"{requests} wait for a row", seconds: 4);

    private static Task<decimal> OnHand(OpenFactory open) =>
        open.Database.Superuser<decimal>("select on_hand from inventory.balance");
}
