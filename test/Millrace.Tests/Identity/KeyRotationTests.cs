using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class KeyRotationTests(Server server)
{
    private static readonly KeyTimes Quick = new(
        Published: TimeSpan.FromSeconds(2),
        Signs: TimeSpan.FromDays(30),
        Verifies: TimeSpan.FromHours(1),
        Look: TimeSpan.FromMilliseconds(300)
    );

    [Fact, Case("X6")]
    public async Task Keys_rotated_under_load_in_two_processes_lose_no_request()
    {
        await using var database = await server.NewDatabase();
        var client = await (await Factory.Make(database.Dbs)).AddClient("machine");
        await using var one = await App.Start(database.ConnectionString, work: false, with: With(Quick));
        await using var other = await App.Start(database.ConnectionString, work: false, with: With(Quick));
        (await one.Authorize(client)).Dispose();
        using var stop = new CancellationTokenSource();
        var (requests, keys, failed) = (0, new HashSet<string>(), new List<string>());

        async Task Load(App signs, App verifies)
        {
            while (!stop.IsCancellationRequested)
            {
                using var fresh = await signs.Authorize(client);
                using var there = verifies.Anonymous();
                there.Http.DefaultRequestHeaders.Authorization = fresh.Http.DefaultRequestHeaders.Authorization;
                var answer = await there.Get("/api/v1/items?limit=1");
                lock (keys)
                {
                    requests++;
                    keys.Add(KeyId(fresh));
                    if (answer.Status != HttpStatusCode.OK)
                        failed.Add(answer.Text);
                }
            }
        }

        var load = Task.WhenAll(Load(one, other), Load(other, one), Load(one, other));
        int Used()
        {
            lock (keys)
                return keys.Count;
        }
        await Eventually.True(() => Task.FromResult(Used() == 1), "the first key signs");
        await one.Services.GetRequiredService<SigningKeys>().Rotate();
        using var http = one.Anonymous();
        Assert.Equal(2, (await http.Get("/.well-known/jwks.json")).Json.GetProperty("keys").GetArrayLength());
        await Eventually.True(() => Task.FromResult(Used() == 2), "the next key signs", seconds: 30);
        await stop.CancelAsync();
        await load;

        Assert.Empty(failed);
        Assert.True(requests > 5, $"Only {requests} requests were made.");
    }

    [Fact]
    public async Task A_key_follows_by_itself_in_time_and_an_old_one_goes_when_nothing_of_it_is_left()
    {
        await using var database = await server.NewDatabase();
        using var keys = new SigningKeys(database.Dbs, SecretKeys.FromEnvironment());
        var first = (await keys.Current()).Id;

        await database.Superuser("update identity.signing_key set signs_from = now() - interval '29 days 23 hours'");
        await keys.Refresh();
        Assert.Equal(2, (await keys.All()).Count);
        Assert.Equal(first, (await keys.Current()).Id);

        await database.Superuser("update identity.signing_key set signs_from = signs_from - interval '3 hours'");
        await keys.Refresh();
        Assert.NotEqual(first, (await keys.Current()).Id);
        Assert.NotNull(keys.Find(first));

        await database.Superuser("update identity.signing_key set signs_from = signs_from - interval '3 hours'");
        await keys.Refresh();
        Assert.Null(keys.Find(first));
    }

    [Fact]
    public async Task Ten_processes_at_once_make_one_first_key()
    {
        await using var database = await server.NewDatabase();
        var processes = Enumerable.Range(0, 10).Select(_ => new SigningKeys(database.Dbs, SecretKeys.FromEnvironment())).ToList();

        var signers = await Task.WhenAll(processes.Select(one => one.Current()));

        Assert.Single(signers.Select(one => one.Id).Distinct());
        processes.ForEach(one => one.Dispose());
    }

    private static Action<IServiceCollection> With(KeyTimes times) => services => services.AddSingleton(times);

    private static string KeyId(ApiClient client) =>
        JsonDocument
            .Parse(Base64Url.DecodeFromChars(client.Http.DefaultRequestHeaders.Authorization!.Parameter!.Split('.')[0]))
            .RootElement.GetProperty("kid")
            .GetString()!;
}
