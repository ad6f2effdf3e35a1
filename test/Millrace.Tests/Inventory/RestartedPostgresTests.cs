using System.Net;
using Millrace.Host;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>
/// The database goes away under load and comes back: who asks again with his key finds out, and nothing is lost.
/// </summary>
public sealed class RestartedPostgresTests : IAsyncLifetime
{
    private const int Units = 100_000;
    private readonly string _directory = Server.NewDirectory();
    private PrivatePostgres? _postgres;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PrivatePostgres.Start(_directory);
        await new Migrator(_postgres.ConnectionString, Modules.All).Run();
    }

    [Fact]
    public async Task After_a_restart_and_a_crash_of_the_database_every_buyer_has_what_he_heard_of_and_nothing_else_is_promised()
    {
        // It goes with its server.
        var database = new TestDatabase(_postgres!.ConnectionString, "", "");
        await using var connections = database.Databases;
        var factory = await Factory.Make(database.Dbs);
        await factory.Receive(factory.Item, Units);
        await using var first = await ProgramProcess.Serve(database.ConnectionString);
        await using var second = await ProgramProcess.Serve(database.ConnectionString);
        var client = await factory.AddClient("shop");
        var shops = await Task.WhenAll(((Uri[])[first.Url, second.Url]).Select(url => ApiClient.Authorize(url, client)));
        using var over = new CancellationTokenSource();
        var bought = new int[8];
        var buyers = Enumerable.Range(0, bought.Length).Select(Buy).ToList();

        await Goes();
        await _postgres.Stop();
        await _postgres.StartAgain();
        await Goes();
        await _postgres.Kill();
        await _postgres.StartAgain();
        await Goes();
        await over.CancelAsync();
        await Task.WhenAll(buyers);

        Assert.Equal((decimal)bought.Sum(), await database.Superuser<decimal>("select reserved from inventory.balance"));
        Assert.Equal((long)bought.Sum(), await database.Superuser<long>("select count(*) from inventory.reservation"));
        await EveryInvariant.Holds(database.ConnectionString);

        // Everybody gets something more than he has now.
        Task Goes()
        {
            var before = bought.ToArray();
            return Eventually.True(
                () => Task.FromResult(bought.Zip(before).All(one => one.First > one.Second + 3)),
                "a promise for everybody",
                seconds: 60
            );
        }

        async Task Buy(int buyer)
        {
            while (!over.IsCancellationRequested)
            {
                var (key, body) = (
                    Guid.CreateVersion7(),
                    OpenFactory.Demand(factory, $"SO-{buyer}-{bought[buyer]}", (factory.Item, 1))
                );
                var answer = await Eventually.Get(
                    () => shops[buyer % 2].Post("/api/v1/reservations", body, key),
                    answer => answer.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests),
                    "answered",
                    seconds: 60
                );
                Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
                bought[buyer]++;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Npgsql.NpgsqlConnection.ClearAllPools();
        await _postgres!.Kill();
        Directory.Delete(_directory, recursive: true);
    }
}
