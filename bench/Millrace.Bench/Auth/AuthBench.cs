using Microsoft.AspNetCore.Http;
using Millrace.Company;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>What it costs to know who calls and what they may do, and what a sign-in costs, which is meant to cost.</summary>
internal static class AuthBench
{
    private const string Password = "a password of the bench";

    internal static async Task Run(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var open = databases;
        // A key of the run's own; nothing outlives it.
        var secrets = new Secrets([new SecretKey("bench", new byte[32])]);
        using var keys = new SigningKeys(dbs, secrets);
        var access = new Access(dbs, keys, TimeProvider.System, AccessTimes.Default);
        var (tenant, client, person) = await Fill(dbs);
        var token = (await TokenWriter.Of(keys, TimeProvider.System)).ForMachine(tenant, client, "a.b c.d");

        await Checks(bench, "token", access, Bearing(token.access_token));
        var cookie = await Session(dbs, tenant, person);
        await Checks(bench, "session", access, Holding(cookie));
        await Unknown(bench, keys, tenant, client);
        await SignIns(bench, dbs);
    }

    /// <summary>
    /// As every request does it: from its headers to a caller with permissions, with the look for changes in between.
    /// </summary>
    private static async Task Checks(Benchmark bench, string what, Access access, HttpContext http)
    {
        var (rounds, again) = (new List<double>(), new List<double>());
        if (await access.Find(http) is null)
            throw new InvalidOperationException($"The {what} is not known.");
        var count = bench.Quick ? 20_000 : 200_000;
        for (var round = 1; round <= (bench.Quick ? 2 : 5); round++)
            foreach (var list in (List<double>[])[rounds, again])
            {
                var began = TimeProvider.System.GetTimestamp();
                for (var at = 0; at < count; at++)
                    if (await access.Find(http) is null)
                        throw new InvalidOperationException($"The {what} is not known any more.");
                list.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds / count);
                bench.Say($"{what} check, round {round}: {list[^1] * 1000:0.0} µs");
            }
        bench.AtMost($"{what}_check", rounds.Median(), "ms", 0.1);
        bench.Figure($"{what}_check_noise", again.Median() / rounds.Median(), "ratio");
    }

    /// <summary>A token nobody has shown before: its signature is verified.</summary>
    private static async Task Unknown(Benchmark bench, SigningKeys keys, int tenant, Guid client)
    {
        var writer = await TokenWriter.Of(keys, TimeProvider.System);
        var check = new TokenCheck(keys, TimeProvider.System);
        var count = bench.Quick ? 200 : 2_000;
        var tokens = new List<string>();
        var began = TimeProvider.System.GetTimestamp();
        for (var at = 0; at < count; at++)
            tokens.Add(writer.ForMachine(tenant, client, "a.b").access_token);
        bench.Figure("token_sign", TimeProvider.System.GetElapsedTime(began).TotalMilliseconds / count, "ms");
        began = TimeProvider.System.GetTimestamp();
        foreach (var token in tokens)
            if (await check.Check(token) is null)
                throw new InvalidOperationException("A token that was just signed is not taken.");
        bench.Figure("token_verify", TimeProvider.System.GetElapsedTime(began).TotalMilliseconds / count, "ms");
    }

    /// <summary>The hash is slow on purpose; what stands around it must not be.</summary>
    private static async Task SignIns(Benchmark bench, Dbs dbs)
    {
        var passwords = new Passwords();
        var guard = new SignInGuard(dbs);
        var hash = passwords.Hash(Password);
        var (hashing, around) = (new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 10 : 50); round++)
        {
            var began = TimeProvider.System.GetTimestamp();
            if (!passwords.Fits(hash, Password))
                throw new InvalidOperationException("The password does not fit.");
            hashing.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            began = TimeProvider.System.GetTimestamp();
            var attempt = await guard.Begin("bench@bench.example", System.Net.IPAddress.Loopback);
            await guard.Succeeded(attempt);
            around.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }
        bench.Figure("sign_in_hash", hashing.Median(), "ms");
        bench.Figure("sign_in_guard", around.Median(), "ms", hashing.Median(), around.Median() / hashing.Median());
    }

    private static async Task<(int Tenant, Guid Client, Guid Person)> Fill(Dbs dbs)
    {
        var tenant = await CreateTenant.Run(dbs, "Bench");
        await using var db = dbs.Open(DbScope.ForTenant(tenant));
        string[] permissions = ["a.b", "c.d", .. Enumerable.Range(0, 50).Select(at => $"more.p{at}")];
        var client = await CreateClient.Run(db, "machine", permissions);
        await CreateRole.Run(db, "role", permissions);
        var request = new AddMember.Request("bench@bench.example", "Bench", Password, "role");
        var person = await AddMember.Run(db, new Passwords(), request);
        await db.Commit();
        return (tenant, Guid.Parse(client.ClientId.Split('.')[1]), person);
    }

    private static async Task<string> Session(Dbs dbs, int tenant, Guid person)
    {
        await using var db = dbs.Open(DbScope.ForTenant(tenant, person));
        var http = new DefaultHttpContext();
        var (cookie, until) =
            await Sessions.Open(http, db, person) ?? throw new InvalidOperationException("No session was opened.");
        await db.Commit();
        cookie.Set(http, until);
        return http.Response.Headers.SetCookie.ToString().Split(';')[0];
    }

    private static DefaultHttpContext Bearing(string token)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = $"Bearer {token}";
        return http;
    }

    private static DefaultHttpContext Holding(string cookie)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = cookie;
        return http;
    }
}
