using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class RedisTests(Server server)
{
    [Fact]
    public async Task Commands_of_many_callers_share_a_connection_and_each_gets_its_own_answer()
    {
        await using var redis = await Daemon.Redis();
        await using var client = Client(redis.Port);

        Assert.Equal("OK", await client.Send("SET", "a", "one\r\n\u0131\u015f\u0131k", "NX", "EX", "60"));
        Assert.Null(await client.Send("SET", "a", "two", "NX", "EX", "60"));
        Assert.Equal("one\r\n\u0131\u015f\u0131k", await client.Send("GET", "a"));
        Assert.Null(await client.Send("GET", "nothing"));
        Assert.Equal(1L, await client.Send("INCR", "n"));
        Assert.Equal(new object?[] { 1L, "x", null }, await client.Send("EVAL", "return {1, 'x', false}", "0"));
        await Assert.ThrowsAsync<RedisError>(() => client.Send("INCR", "a"));
        var echoes = await Task.WhenAll(Enumerable.Range(0, 500).Select(at => client.Send("ECHO", $"{at}")));
        Assert.Equal(Enumerable.Range(0, 500).Select(at => $"{at}"), echoes);
    }

    [Fact]
    public async Task What_is_published_is_heard_also_after_a_restart()
    {
        await using var redis = await Daemon.Redis();
        await using var client = Client(redis.Port);
        using var stop = new CancellationTokenSource();
        var (heard, subscribed) = (new List<string>(), 0);
        var listening = client.Subscribe(
            "news",
            text =>
            {
                lock (heard)
                    heard.Add(text);
            },
            () => Interlocked.Increment(ref subscribed),
            stop.Token
        );
        await Eventually.True(() => Task.FromResult(Volatile.Read(ref subscribed) == 1), "it is subscribed");
        Assert.Equal(1L, await client.Send("PUBLISH", "news", "first"));
        await Eventually.True(() => Task.FromResult(Heard("first")), "it is heard");

        await redis.Stop();
        await Assert.ThrowsAsync<RedisAway>(() => client.Send("PING"));
        await redis.StartAgain();
        await Eventually.True(() => Task.FromResult(Volatile.Read(ref subscribed) == 2), "it is subscribed again");
        Assert.Equal(1L, await client.Send("PUBLISH", "news", "second"));
        await Eventually.True(() => Task.FromResult(Heard("second")), "it is heard");

        await stop.CancelAsync();
        await listening;

        bool Heard(string text)
        {
            lock (heard)
                return heard.Contains(text);
        }
    }

    [Fact]
    public async Task A_server_that_does_not_answer_costs_half_a_second_and_no_more()
    {
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var client = Client(((IPEndPoint)silent.LocalEndpoint).Port);
        var began = TimeProvider.System.GetTimestamp();

        await Assert.ThrowsAsync<RedisAway>(() => client.Send("PING"));

        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0.3, 3);
    }

    [Fact]
    public async Task Limits_are_shared_and_fall_back_to_each_process_while_redis_is_away()
    {
        await using var redis = await Daemon.Redis();
        var settings = new LimitSettings { Redis = $"127.0.0.1:{redis.Port}" };
        await using var one = Limits(settings);
        await using var two = Limits(settings);
        var limit = new Limit("test", 6);

        Assert.Equal(new long[] { 5, 4, 3, 2, 1, 0 }, await Take(one, two, one, two, one, two));
        Assert.True((await one.Take(limit, "x")).IsRefused);
        var refused = await two.Take(limit, "x");
        Assert.InRange(refused.Wait.TotalSeconds, 8, 10);

        await redis.Stop();
        Assert.Equal(new long[] { 5, 5, 4, 4 }, await Take(one, two, one, two));
        await redis.StartAgain();
        // A new Redis knows nothing yet; asked again within a second or so, both count there together.
        await Eventually.True(async () => await Shared(one, two), "the limits are shared again", 5);

        async Task<long[]> Take(params Limits[] limits)
        {
            var left = new List<long>();
            foreach (var each in limits)
                left.Add((await each.Take(limit, "x")).Left);
            return [.. left];
        }

        async Task<bool> Shared(Limits first, Limits second)
        {
            var who = $"{Guid.CreateVersion7()}";
            return (await first.Take(limit, who)).Left == 5 && (await second.Take(limit, who)).Left == 4;
        }
    }

    [Fact]
    public async Task Two_processes_of_the_program_count_together()
    {
        await using var redis = await Daemon.Redis();
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        var client = await factory.AddClient("machine");
        var environment = new[] { ("MILLRACE_REDIS", $"redis://127.0.0.1:{redis.Port}/3"), ("MILLRACE_LIMIT_CLIENT", "6") };
        await using var one = await ProgramProcess.Serve(database.ConnectionString, environment: environment);
        await using var two = await ProgramProcess.Serve(database.ConnectionString, environment: environment);
        using var first = await ApiClient.Authorize(one.Url, client);
        using var second = await ApiClient.Authorize(two.Url, client);

        for (var at = 0; at < 3; at++)
        {
            Assert.Equal(HttpStatusCode.OK, (await first.Get("/api/v1/items")).Status);
            Assert.Equal(HttpStatusCode.OK, (await second.Get("/api/v1/items")).Status);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, (await first.Get("/api/v1/items")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await second.Get("/api/v1/items")).Status);

        await redis.Stop();
        // Each process has a bucket of its own now; one warning each, not one per request.
        for (var at = 0; at < 4; at++)
            Assert.Equal(HttpStatusCode.OK, (await first.Get("/api/v1/items")).Status);
        Assert.Single(one.Log, line => line.Contains("Redis does not answer", StringComparison.Ordinal));
    }

    private static RedisClient Client(int port) => new(RedisAddress.Parse($"127.0.0.1:{port}"), TimeProvider.System);

    private static Limits Limits(LimitSettings settings) => new(settings, TimeProvider.System, NullLogger<Limits>.Instance);
}
