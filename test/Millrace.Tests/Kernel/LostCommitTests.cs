using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Identity;
using Millrace.Inventory;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

/// <summary>The connection is lost while a transaction commits: nobody may guess.</summary>
public sealed class LostCommitTests(Server server)
{
    [Fact]
    [Case("I3")]
    public async Task A_commit_whose_answer_is_lost_is_asked_for_and_answered_as_the_success_it_was()
    {
        await using var lost = await Lost.Start(server, message => message.IsCommitted);

        var answer = await lost.Receive();
        Assert.Equal((1, HttpStatusCode.Created), (lost.Cuts, answer.Status));
        Assert.False(answer.Headers.Contains("Idempotency-Replayed"));

        var again = await lost.Receive();
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal((answer.Text, 1L), (again.Text, await lost.Effects()));
    }

    [Fact]
    [Case("I3")]
    public async Task A_commit_that_never_arrived_is_a_503_and_the_retry_does_it()
    {
        await using var lost = await Lost.Start(server, message => message.AsksToCommit);

        var answer = await lost.Receive();
        Assert.Equal((1, HttpStatusCode.ServiceUnavailable, "busy"), (lost.Cuts, answer.Status, answer.Code));
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        Assert.Equal(0, await lost.Effects());

        var again = await lost.Receive();
        Assert.Equal(HttpStatusCode.Created, again.Status);
        Assert.False(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1, await lost.Effects());
    }

    [Fact]
    [Case("I3")]
    public async Task A_commit_that_cannot_be_decided_is_a_503_and_the_retry_finds_what_was_done()
    {
        await using var lost = await Lost.Start(server, message => message.IsCommitted, unreachableAfter: true);

        var answer = await lost.Receive();
        Assert.Equal((1, HttpStatusCode.ServiceUnavailable, "busy"), (lost.Cuts, answer.Status, answer.Code));
        Assert.Equal(1, await lost.Effects());

        lost.Reachable();
        var again = await lost.Receive();
        Assert.Equal(HttpStatusCode.Created, again.Status);
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1, await lost.Effects());
    }

    [Fact]
    [Case("I4")]
    public async Task A_commit_after_a_swallowed_error_fails_and_nothing_is_stored()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await using var db = factory.Open();
        await Warehouses.Create(db, new Warehouses.Request(factory.Company, "W9", "Ninth"));
        var swallowed = await Assert.ThrowsAsync<PostgresException>(() => db.Query<int>($"select 1 / 0"));
        Assert.Equal("22012", swallowed.SqlState);

        var refused = await Assert.ThrowsAsync<PostgresException>(db.Commit);

        Assert.Equal(PostgresErrorCodes.InFailedSqlTransaction, refused.SqlState);
        Assert.Equal(0, await database.Superuser<long>("select count(*) from inventory.warehouse where code = 'W9'"));
        await Assert.ThrowsAsync<InvalidOperationException>(db.Commit);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Case("I4")]
    public async Task A_commit_on_a_session_that_was_ended_is_busy_and_nothing_is_stored(bool knowsItsTransaction)
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await using var db = factory.Open();
        await Warehouses.Create(db, new Warehouses.Request(factory.Company, "W9", "Ninth"));
        if (knowsItsTransaction)
            db.Remember(await db.One<string>($"select pg_current_xact_id()::text"));
        var session = await db.One<int>($"select pg_backend_pid()");
        await database.Superuser($"select pg_terminate_backend({session}, 5000)");

        await Assert.ThrowsAsync<Busy>(db.Commit);

        Assert.Equal(0, await database.Superuser<long>("select count(*) from inventory.warehouse where code = 'W9'"));
    }

    /// <summary>The program over a proxy that cuts its connection once, at the first message that is right.</summary>
    private sealed class Lost(TestDatabase database, Factory factory, PostgresProxy proxy, App app, ApiClient api)
        : IAsyncDisposable
    {
        private readonly Guid _key = Guid.CreateVersion7();
        private int _cuts;

        internal int Cuts => _cuts;

        internal static async Task<Lost> Start(Server server, Func<WireMessage, bool> cutsAt, bool unreachableAfter = false)
        {
            var database = await server.NewDatabase();
            var factory = await Factory.Make(database.Dbs);
            var proxy = new PostgresProxy(database.ConnectionString);
            // Looking for changed rights goes by the clock and would be cut in the receipt's place.
            var remembering = new AccessTimes(TimeSpan.FromHours(1), TimeSpan.FromHours(1));
            var app = await App.Start(proxy.ConnectionString, work: false, with: services => services.AddSingleton(remembering));
            var lost = new Lost(database, factory, proxy, app, await app.Authorize(await factory.AddClient("machine")));
            Assert.Equal(HttpStatusCode.OK, (await lost.Look()).Status);
            proxy.Judge = (_, message) =>
            {
                if (!cutsAt(message) || Interlocked.Increment(ref lost._cuts) > 1)
                    return Pass.On;
                proxy.IsUnreachable = unreachableAfter;
                return Pass.Cut;
            };
            return lost;
        }

        internal Task<Answer> Look() => api.Get("/api/v1/items");

        internal Task<Answer> Receive() =>
            api.Post(
                "/api/v1/receipts",
                new
                {
                    WarehouseId = factory.Warehouse,
                    Date = Factory.Today,
                    Lines = new[] { new { ItemId = factory.Item, Quantity = 5m } },
                },
                _key
            );

        internal void Reachable() => proxy.IsUnreachable = false;

        internal Task<long> Effects() => database.Superuser<long>("select count(*) from inventory.movement");

        public async ValueTask DisposeAsync()
        {
            api.Dispose();
            await app.DisposeAsync();
            await proxy.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
