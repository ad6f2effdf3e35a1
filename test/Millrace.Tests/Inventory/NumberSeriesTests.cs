using System.Net;

namespace Millrace.Tests;

/// <summary>Numbers without gaps, whatever is refused, rolled back or killed.</summary>
public sealed class NumberSeriesTests(Server server)
{
    [Fact]
    [Case("S6")]
    [Case("L5")]
    public async Task Receipts_and_their_vouchers_are_numbered_without_gaps_under_refusals_rollbacks_and_killed_sessions()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        const int hands = 8;
        const int each = 10;

        var work = Task.WhenAll(Enumerable.Range(0, hands).Select(Work));
        var killed = 0L;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!work.IsCompleted)
        {
            // Whoever holds a series right now, verb or poster, is ended in the middle.
            killed += await open.Database.Superuser<long>(
                """
                select count(pg_terminate_backend(pid)) from (
                    select distinct pid from pg_locks l join pg_stat_activity a using (pid)
                    where l.relation = 'company.series'::regclass and a.datname = current_database() and a.pid <> pg_backend_pid()
                    limit 1) victim
                """
            );
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
        await work;

        Assert.True(killed > 0, "No session was killed; the test proves nothing.");
        Assert.Equal(await Expected("GR"), await Numbers("select distinct document from inventory.movement order by document"));
        const string vouchers =
            "select 'V-' || year || '-' || lpad(number::text, 6, '0') from accounting.voucher order by number";
        await Eventually.True(async () => await open.Count("accounting.voucher") == hands * each, "every receipt is posted");
        Assert.Equal(await Expected("V"), await Numbers(vouchers));
        await EveryInvariant.Holds(open.Database.ConnectionString);

        async Task Work(int hand)
        {
            for (var at = 0; at < each; at++)
            {
                // Refused: the item does not exist. Rolled back: nobody commits.
                Assert.Equal(HttpStatusCode.NotFound, (await Until(hand, () => open.Receive(1, Guid.CreateVersion7()))).Status);
                await RollBack(open.Factory);
                var key = Guid.CreateVersion7();
                Assert.Equal(HttpStatusCode.Created, (await Until(hand, () => open.Receive(1, key: key))).Status);
            }
        }

        Task<Answer> Until(int hand, Func<Task<Answer>> ask) =>
            Eventually.Get(ask, one => one.Status != HttpStatusCode.ServiceUnavailable, $"hand {hand} is answered");

        Task<string> Expected(string kind) =>
            Task.FromResult(
                string.Join(' ', Enumerable.Range(1, hands * each).Select(n => Company.Series.Show(kind, Factory.Today.Year, n)))
            );

        Task<string> Numbers(string statement) =>
            open.Database.Superuser<string>($"select string_agg(n, ' ') from ({statement}) s (n)");
    }

    private static async Task RollBack(Factory factory)
    {
        await using var db = factory.Open();
        try
        {
            var request = new Inventory.ReceiveStock.Request(
                factory.Warehouse,
                Factory.Today,
                [new Inventory.MoveStock.Line(factory.Item, 1)]
            );
            _ = (await Inventory.ReceiveStock.Run(db, [request]))[0].Result;
        }
        catch (Npgsql.NpgsqlException)
        {
            // This one was killed, which rolls back as well.
        }
    }
}
