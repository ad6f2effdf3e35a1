using System.Net;
using Millrace.Identity;

namespace Millrace.Tests;

/// <summary>The program is killed while it answers a keyed request, and the request comes again with the same key.</summary>
public sealed class CrashTests(Server server)
{
    // One request makes fewer round trips than this; the last ones are never held, and their answers arrive.
    private const int Points = 36;

    [Fact]
    [Case("I2")]
    public async Task A_crash_after_any_answer_of_the_database_and_a_retry_is_one_effect()
    {
        await using var database = await server.NewDatabase();
        // A tenant for each point, so that no request waits for a row that another holds.
        var callers = new List<(Factory Factory, CreateClient.Result Client, Guid Key)>();
        for (var point = 1; point <= Points; point++)
        {
            var factory = await Factory.Make(database.Dbs, $"Point {point}", items: 1);
            callers.Add((factory, await factory.AddClient("machine"), Guid.CreateVersion7()));
        }
        await using var proxy = new PostgresProxy(database.ConnectionString);
        var points = callers
            .Select((caller, at) => (Text: $"{caller.Key:N}", Point: at + 1))
            .ToDictionary(x => x.Text, x => x.Point);
        proxy.Judge = (line, message) =>
        {
            // The claim of a key names the line; from then on every answer of the database on it is a point to die at.
            if (message.Statement.Contains("pg_advisory_xact_lock(hashtextextended(held, 0))", StringComparison.Ordinal))
                (line.Note, line.Count) = (points.Keys.FirstOrDefault(message.Text.Contains) ?? "", 0);
            // Of each statement of the batch, and of the batch.
            if (line.Note == "" || message is not { FromServer: true, Letter: 'C' or 'Z' })
                return Pass.On;
            var isItsPoint = ++line.Count == points[line.Note];
            // Outside of a transaction the request is over, and the connection goes to another.
            if (message is { Letter: 'Z', Text: "I" })
                line.Note = "";
            return isItsPoint ? Pass.Hold : Pass.On;
        };

        var answered = 0;
        // As many as have a turn at the same time: who is held keeps it.
        foreach (var wave in callers.Chunk(8))
        {
            await using var doomed = await ProgramProcess.Serve(proxy.ConnectionString);
            var clients = await Task.WhenAll(wave.Select(one => ApiClient.Authorize(doomed.Url, one.Client)));
            var before = proxy.Held;
            var requests = wave.Select((one, at) => Receive(clients[at], one.Factory, one.Key)).ToList();
            await Eventually.Get(
                () => Task.FromResult(proxy.Held - before + requests.Count(one => one.IsCompleted)),
                stopped => stopped == wave.Length,
                "every request is held or answered"
            );
            answered += requests.Count(one => one.IsCompletedSuccessfully);
            await doomed.KillHard();
            foreach (var held in requests.Where(one => !one.IsCompleted).ToList())
                await Assert.ThrowsAsync<HttpRequestException>(() => held);
        }
        // Both the first answer and the one to COMMIT were points, and the list was long enough.
        Assert.InRange(answered, 1, Points - 10);
        // What had been sent with the COMMIT is done, also where nobody heard of it.
        var done = await database.Superuser<long>("select count(*) from inventory.movement");
        Assert.InRange(done, answered + 1, Points - 10);

        await using var program = await ProgramProcess.Serve(database.ConnectionString);
        var replayed = 0;
        foreach (var (factory, client, key) in callers)
        {
            using var api = await ApiClient.Authorize(program.Url, client);
            var answer = await UntilAnswered(() => Receive(api, factory, key));
            replayed += answer.Headers.Contains("Idempotency-Replayed") ? 1 : 0;
            Assert.Equal("5", answer.Json.GetProperty("lines")[0].GetProperty("quantity").GetString());
        }
        Assert.Equal(done, replayed);
        Assert.Equal(Points, await database.Superuser<long>("select count(*) from inventory.movement"));
        Assert.Equal(Points, await database.Superuser<long>("select count(*) from kernel.answer"));
        await EveryInvariant.Holds(database.ConnectionString);
    }

    [Fact]
    [Case("I2")]
    public async Task A_crash_while_waiting_for_a_lock_leaves_nothing_and_the_retry_does_it()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await factory.Receive(factory.Item, 1);
        var (client, key) = (await factory.AddClient("machine"), Guid.CreateVersion7());
        await using (var doomed = await ProgramProcess.Serve(database.ConnectionString))
        await using (var other = await database.OpenAsSuperuser())
        {
            await using var hold = new Npgsql.NpgsqlCommand("begin; select 1 from inventory.balance for update", other);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            using var api = await ApiClient.Authorize(doomed.Url, client);
            var request = Receive(api, factory, key);
            await Eventually.True(
                async () =>
                    await database.Superuser<long>(
                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
                    ) > 0,
                "the request waits"
            );
            await doomed.KillHard();
            await Assert.ThrowsAsync<HttpRequestException>(() => request);
        }

        await using var program = await ProgramProcess.Serve(database.ConnectionString);
        using var again = await ApiClient.Authorize(program.Url, client);
        var answer = await UntilAnswered(() => Receive(again, factory, key));

        Assert.False(answer.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(2, await database.Superuser<long>("select count(*) from inventory.movement"));
        Assert.Equal(6m, await database.Superuser<decimal>("select on_hand from inventory.balance"));
        await EveryInvariant.Holds(database.ConnectionString);
    }

    private static Task<Answer> Receive(ApiClient api, Factory factory, Guid key) =>
        api.Post(
            "/api/v1/receipts",
            new
            {
                WarehouseId = factory.Warehouse,
                Date = Factory.Today,
                Lines = new[] { new { ItemId = factory.Item, Quantity = 5m } },
            },
            key
        );

    // The server may still be busy with what the dead program had sent: that is said, and asked again.
    private static Task<Answer> UntilAnswered(Func<Task<Answer>> ask) =>
        Eventually.Get(ask, one => one.Status == HttpStatusCode.Created, "answered with success");
}
