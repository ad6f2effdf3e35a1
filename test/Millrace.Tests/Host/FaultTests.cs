using System.Net;
using Millrace.Host;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

/// <summary>Processes die while people work; nobody lends a hand, nothing is lost, nothing is done twice.</summary>
public sealed class FaultTests(Server server)
{
    private const int Clients = 6;

    [Fact]
    public async Task The_program_killed_three_times_under_load_loses_and_doubles_nothing()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await using var load = await Load.Make(factory);
        var program = await ProgramProcess.Serve(database.ConnectionString);
        var work = load.Start(program.Url, each: 24);
        for (var kill = 1; kill <= 3; kill++)
        {
            await load.Reaches(kill * Clients * 24 / 4);
            await program.KillHard();
            await program.DisposeAsync();
            program = await ProgramProcess.Serve(database.ConnectionString);
            load.Url = program.Url;
        }
        await work;

        await load.EachKeyIsOneEffect(database.ConnectionString);
        await program.DisposeAsync();
    }

    [Fact]
    public async Task The_database_stopped_hard_and_started_again_under_load_loses_and_doubles_nothing()
    {
        // A server of its own, which writes what it promises.
        var postgres = await PrivatePostgres.Start(Server.NewDirectory(), "fsync = on\nmax_connections = 200\n");
        try
        {
            await new Migrator(postgres.ConnectionString, Modules.All).Run(stop: TestContext.Current.CancellationToken);
            await using var databases = new Databases(postgres.ConnectionString);
            var factory = await Factory.Make(new Dbs(databases, new LogSignals()));
            await using var load = await Load.Make(factory);
            await using var program = await ProgramProcess.Serve(postgres.ConnectionString);
            var work = load.Start(program.Url, each: 24);
            for (var crash = 1; crash <= 2; crash++)
            {
                await load.Reaches(crash * Clients * 24 / 3);
                await postgres.Kill();
                await postgres.StartAgain();
            }
            await work;

            Assert.False(program.HasEnded);
            await load.EachKeyIsOneEffect(postgres.ConnectionString);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await postgres.Kill();
            Directory.Delete(postgres.Directory, recursive: true);
        }
    }

    /// <summary>Clients that receive goods one after the other, each with a key and until it is answered with success.</summary>
    private sealed class Load(Factory factory, Identity.CreateClient.Result machine) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
        private Task _work = Task.CompletedTask;
        private int _done;
        private int _asked;

        internal Uri? Url { get; set; }

        internal static async Task<Load> Make(Factory factory) => new(factory, await factory.AddClient("machine"));

        internal Task Start(Uri url, int each) => _work = Work(url, each);

        internal Task Reaches(int done) =>
            Eventually.True(
                async () =>
                {
                    if (_work.IsFaulted)
                        await _work;
                    return Volatile.Read(ref _done) >= done;
                },
                $"{done} receipts are done",
                seconds: 40
            );

        private async Task Work(Uri url, int each)
        {
            Url = url;
            using (var api = await ApiClient.Authorize(url, machine))
                _http.DefaultRequestHeaders.Authorization = api.Http.DefaultRequestHeaders.Authorization;
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Client(client, each)));
        }

        private async Task Client(int client, int each)
        {
            for (var at = 0; at < each; at++)
            {
                var (key, reference) = (Guid.CreateVersion7(), $"{client}/{at}");
                await Eventually.True(() => Receive(key, reference, client), $"{reference} is answered", seconds: 40);
                Interlocked.Increment(ref _done);
            }
        }

        private async Task<bool> Receive(Guid key, string reference, int client)
        {
            Interlocked.Increment(ref _asked);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url!, "/api/v1/receipts"));
            request.Headers.Add("Idempotency-Key", key.ToString());
            var body = new
            {
                WarehouseId = factory.Warehouses[client % 2],
                Date = Factory.Today,
                Reference = reference,
                Lines = new[] { new { ItemId = factory.Items[client % 3], Quantity = 1m } },
            };
            request.Content = new StringContent(
                System.Text.Json.JsonSerializer.Serialize(body, Wire.Options),
                System.Text.Encoding.UTF8,
                "application/json"
            );
            try
            {
                using var answer = await _http.SendAsync(request);
                if (answer.StatusCode == HttpStatusCode.Created)
                    return true;
                // Busy, or a twin still running: asked again. Anything else is wrong, above all a 500.
                Assert.True(
                    answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Conflict,
                    await answer.Content.ReadAsStringAsync()
                );
                Assert.NotNull(answer.Headers.RetryAfter);
                return false;
            }
            catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        }

        internal async Task EachKeyIsOneEffect(string connection)
        {
            Assert.True(_asked > _done, "No request was disturbed; the test proves nothing.");
            await using var database = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString
            );
            await database.OpenAsync();
            Assert.Equal(_done, await Count("inventory.movement"));
            Assert.Equal(_done, await Count("(select distinct reference from inventory.movement) r"));
            Assert.Equal(_done, await Count("kernel.answer"));
            // The log and the books come back by themselves as well.
            await Eventually.True(async () => await Count("accounting.voucher") == _done, "every receipt is posted", seconds: 30);
            Assert.Equal(0, await Count("kernel.parked"));
            await EveryInvariant.Holds(connection);

            async Task<long> Count(string what)
            {
                await using var command = new NpgsqlCommand($"select count(*) from {what}", database);
                return (long)(await command.ExecuteScalarAsync())!;
            }
        }

        public ValueTask DisposeAsync()
        {
            _http.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
