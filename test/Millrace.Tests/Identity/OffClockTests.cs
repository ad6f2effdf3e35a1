using Microsoft.Extensions.DependencyInjection;
using Millrace.Identity;

namespace Millrace.Tests;

/// <summary>Sessions, tokens, codes and locked doors go by the database's clock, whatever a machine believes.</summary>
public sealed class OffClockTests(Server server)
{
    [Theory, Case("L9")]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_machine_whose_clock_is_an_hour_off_keeps_sessions_and_locked_doors_as_the_others_do(int hours)
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        var (email, other) = (await factory.AddPerson("person"), await factory.AddPerson("other"));
        // Nothing is remembered, so that each request asks the database.
        var times = new AccessTimes(AccessTimes.Default.Freshness, TimeSpan.Zero);
        await using var right = await App.Start(database.ConnectionString, work: false, with: all => all.AddSingleton(times));
        await using var wrong = await App.Start(
            database.ConnectionString,
            work: false,
            with: all => all.AddSingleton(times).AddSingleton<TimeProvider>(new OffClock(TimeSpan.FromHours(hours)))
        );

        // Signed in at one of them, known at the other, and for as long.
        using var here = await right.SignIn(email);
        using var there = await wrong.SignIn(email);
        Assert.Equal(200, await Status(here, wrong));
        Assert.Equal(200, await Status(there, right));
        Assert.True(
            await database.Superuser<bool>(
                "select max(expires_at - created_at) - min(expires_at - created_at) < interval '1 s' from identity.session"
            )
        );

        // Run out by the database's clock: over for both.
        await database.Superuser("update identity.session set expires_at = now() - interval '1 s'");
        Assert.Equal((401, 401), (await Status(here, wrong), await Status(there, right)));

        // Closed at one, closed at the other.
        using var nobody = right.Anonymous();
        for (var attempt = 0; attempt <= 10; attempt++)
            await nobody.Send(HttpMethod.Post, "/api/v1/session", new { email = other, password = "wrong horse" }, key: null);
        using var elsewhere = wrong.Anonymous();
        var answer = await elsewhere.Send(
            HttpMethod.Post,
            "/api/v1/session",
            new { email = other, password = Factory.Password },
            key: null
        );
        Assert.Equal((403, "sign_in.locked"), ((int)answer.Status, answer.Code));
    }

    [Theory, Case("L9")]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Tokens_and_second_factors_count_at_every_machine_whichever_clock_is_an_hour_off(int hours)
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        var email = await factory.AddPerson("person");
        var client = await factory.AddClient("machine");
        await using var right = await App.Start(database.ConnectionString, work: false);
        await using var wrong = await App.Start(
            database.ConnectionString,
            work: false,
            with: all => all.AddSingleton<TimeProvider>(new OffClock(TimeSpan.FromHours(hours)))
        );

        using var here = await right.Authorize(client);
        using var there = await wrong.Authorize(client);
        foreach (
            var (machine, at) in (IEnumerable<(ApiClient, App)>)[(here, wrong), (here, right), (there, right), (there, wrong)]
        )
        {
            using var answer = await machine.Http.GetAsync(
                new Uri(at.Url, "/api/v1/items"),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(200, (int)answer.StatusCode);
        }

        using var person = await wrong.SignIn(email);
        var begun = await person.Put("/api/v1/session/second-factor", new { password = Factory.Password });
        var key = SecondFactorTests.FromBase32(begun.Json.GetProperty("key").GetString()!);
        var digits = Totp.Code(key, Totp.StepAt(TimeProvider.System.GetUtcNow()));
        var active = await person.Put("/api/v1/session/second-factor/activation", new { digits });
        Assert.True((int)active.Status == 200, active.Text);
        // The history of the member says that it was set.
        Assert.True(
            await database.Superuser<bool>("select factor_set_at is not null from identity.member where name = 'person'")
        );
    }

    private static async Task<int> Status(ApiClient client, App at)
    {
        using var answer = await client.Http.GetAsync(new Uri(at.Url, "/api/v1/session"));
        return (int)answer.StatusCode;
    }
}
