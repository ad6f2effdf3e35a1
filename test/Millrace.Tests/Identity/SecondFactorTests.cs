using System.Net;
using Millrace.Identity;

namespace Millrace.Tests;

public sealed class SecondFactorTests(Server server)
{
    [Fact]
    public async Task With_a_second_factor_a_password_alone_is_not_enough_and_a_used_code_counts_no_more()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var client = await open.App.SignIn(email);
        var (key, _) = await Enrol(client);
        using var fresh = open.App.Anonymous();
        var next = Totp.Code(key, Totp.StepAt(TimeProvider.System.GetUtcNow()) + 1);

        Assert.Equal("sign_in.code_needed", (await SignIn(fresh, email)).Code);
        Assert.Equal("sign_in.code_wrong", (await SignIn(fresh, email, "000000")).Code);
        Assert.Equal(HttpStatusCode.OK, (await SignIn(fresh, email, next)).Status);

        // Looked at over a shoulder: the same code, and one from before it.
        Assert.Equal("sign_in.code_wrong", (await SignIn(fresh, email, next)).Code);
        var before = Totp.Code(key, Totp.StepAt(TimeProvider.System.GetUtcNow()));
        Assert.Equal("sign_in.code_wrong", (await SignIn(fresh, email, before)).Code);
    }

    [Fact]
    public async Task One_code_sent_twenty_times_at_once_opens_one_session()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var client = await open.App.SignIn(email);
        var (key, _) = await Enrol(client);
        var code = Totp.Code(key, Totp.StepAt(TimeProvider.System.GetUtcNow()) + 1);
        using var fresh = open.App.Anonymous();

        var answers = await Task.WhenAll(Enumerable.Range(0, SignInGuard.MostPerAccount).Select(_ => SignIn(fresh, email, code)));

        Assert.Single(answers, one => one.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_recovery_code_opens_once()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var client = await open.App.SignIn(email);
        var (_, codes) = await Enrol(client);
        using var fresh = open.App.Anonymous();

        Assert.Equal(10, codes.Distinct().Count());
        Assert.Equal(HttpStatusCode.OK, (await SignIn(fresh, email, codes[3].ToUpperInvariant())).Status);
        Assert.Equal("sign_in.code_wrong", (await SignIn(fresh, email, codes[3])).Code);
        Assert.Equal(9, (await client.Get("/api/v1/session/second-factor")).Json.GetProperty("recoveryCodesLeft").GetInt32());
        // The table knows hashes only.
        var stored = await open.Database.Superuser<string>(
            "select string_agg(encode(code_hash, 'escape'), ' ') from identity.recovery_code"
        );
        Assert.All(
            codes,
            code => Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), stored, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_administrator_takes_a_lost_factor_away_and_the_member_is_told_and_signed_out()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person", ["company.read"]);
        using var owner = await open.App.SignIn(await open.Factory.AddPerson("owner"));
        using var weak = await open.App.SignIn(await open.Factory.AddPerson("weak", ["identity.member.write"]));
        using var client = await open.App.SignIn(email);
        await Enrol(client);
        var person = await open.Database.Superuser<Guid>("select person_id from identity.member where name = 'person'");
        var path = $"/api/v1/members/{person}/second-factor-removal";

        Assert.Equal("grant.beyond_own", (await weak.Post(path)).Code);
        var removed = await owner.Post(path);
        Assert.Equal(HttpStatusCode.OK, removed.Status);
        Assert.False(removed.Json.GetProperty("secondFactor").GetBoolean());
        Assert.Equal("second_factor.none", (await owner.Post(path)).Code);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/api/v1/session")).Status);
        using var fresh = open.App.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await SignIn(fresh, email)).Status);
        Assert.Equal(0, await open.Count("identity.recovery_code"));
        Assert.Equal(
            $"{email} identity.second_factor_removed",
            await open.Database.Superuser<string>("select recipient || ' ' || template from kernel.mail")
        );
        Assert.Equal(
            "owner",
            await open.Database.Superuser<string>(
                "select m.name from kernel.audit a join identity.member m on m.person_id = a.actor "
                    + "where a.after ->> 'factor_removed_at' is not null and a.change = 'update'"
            )
        );
    }

    [Fact]
    public async Task Guessing_codes_with_the_right_password_closes_the_door_too()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var client = await open.App.SignIn(email);
        await Enrol(client);
        using var fresh = open.App.Anonymous();

        var answers = new List<string>();
        for (var attempt = 0; attempt <= SignInGuard.MostPerAccount; attempt++)
        {
            await SignIn(fresh, email); // the password alone forgives nothing
            answers.Add((await SignIn(fresh, email, "111111")).Code);
        }

        Assert.Equal("sign_in.locked", answers[^1]);
    }

    [Fact]
    public async Task A_begun_factor_counts_only_when_a_code_of_it_was_shown()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var client = await open.App.SignIn(email);

        Assert.Equal("password.wrong", (await client.Put("/api/v1/session/second-factor", new { password = "not mine" })).Code);
        var begun = await client.Put("/api/v1/session/second-factor", new { password = Factory.Password });
        Assert.StartsWith("otpauth://totp/Millrace:", begun.Json.GetProperty("uri").GetString(), StringComparison.Ordinal);
        var picture = Convert.FromBase64String(begun.Json.GetProperty("picture").GetString()!);
        Assert.Equal((byte[])[0x89, .. "PNG"u8], picture[..4]);
        Assert.Equal(
            "second_factor.wrong_code",
            (await client.Put("/api/v1/session/second-factor/activation", new { digits = "000000" })).Code
        );

        using var fresh = open.App.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await SignIn(fresh, email)).Status);
    }

    [Fact]
    public async Task The_factor_can_be_renewed_and_removed_with_the_password_only()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var client = await open.App.SignIn(email);
        const string path = "/api/v1/session/second-factor";
        Assert.Equal(
            "second_factor.none",
            (await client.Put($"{path}/recovery-codes", new { password = Factory.Password })).Code
        );
        var (_, old) = await Enrol(client);

        Assert.Equal("second_factor.active", (await client.Put(path, new { password = Factory.Password })).Code);
        var renewed = await client.Put($"{path}/recovery-codes", new { password = Factory.Password });
        Assert.Equal(10, renewed.Json.GetProperty("recoveryCodes").GetArrayLength());
        using var fresh = open.App.Anonymous();
        Assert.Equal("sign_in.code_wrong", (await SignIn(fresh, email, old[0])).Code);
        Assert.Equal("password.wrong", (await client.Put($"{path}/removal", new { password = "not mine" })).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await client.Put($"{path}/removal", new { password = Factory.Password })).Status);

        Assert.Equal(HttpStatusCode.OK, (await SignIn(fresh, email)).Status);
        Assert.Equal(0L, await open.Count("identity.recovery_code"));
    }

    [Fact]
    public async Task A_machine_has_no_second_factor()
    {
        await using var open = await OpenFactory.Start(server);

        var answer = await open.Api.Put("/api/v1/session/second-factor", new { password = Factory.Password });

        Assert.Equal((HttpStatusCode.NotFound, "session.not_a_person"), (answer.Status, answer.Code));
    }

    private static async Task<(byte[] Key, IReadOnlyList<string> Codes)> Enrol(ApiClient client)
    {
        var begun = await client.Put("/api/v1/session/second-factor", new { password = Factory.Password });
        var key = FromBase32(begun.Json.GetProperty("key").GetString()!);
        var code = Totp.Code(key, Totp.StepAt(TimeProvider.System.GetUtcNow()));
        var active = await client.Put("/api/v1/session/second-factor/activation", new { digits = code });
        Assert.True(active.Status == HttpStatusCode.OK, active.Text);
        return (key, [.. active.Json.GetProperty("recoveryCodes").EnumerateArray().Select(one => one.GetString()!)]);
    }

    internal static byte[] FromBase32(string text)
    {
        var bits = string.Concat(
            text.Select(letter =>
                Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')
            )
        );
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }

    private static Task<Answer> SignIn(ApiClient client, string email, string? code = null) =>
        client.Send(
            HttpMethod.Post,
            "/api/v1/session",
            new
            {
                email,
                password = Factory.Password,
                code,
            },
            key: null
        );
}
