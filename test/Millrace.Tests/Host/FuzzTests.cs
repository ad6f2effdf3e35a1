using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>
/// Requests nobody thought of, for every endpoint of the document that the program itself serves, by somebody who may do
/// everything. The document promises which answers there are; none other comes, and what stands in the database stays right.
/// </summary>
public sealed class FuzzTests(Server server)
{
    private const uint Seed = 20261120;
    private const int Each = 200;
    private const int AtOnce = 6;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    // An address that is not formed like one of the endpoint's is nobody's.
    private static readonly string[] OfNobody = ["not_found", "method.not_allowed"];

    [Fact, Case("X8")]
    public async Task No_request_gets_an_answer_that_the_document_does_not_promise()
    {
        await using var database = await server.NewDatabase();
        var own = await Sample.Make(database, "Own");
        var foreign = await Sample.Make(database, "Foreign");
        await database.PostVouchers();
        (own, foreign) = (await own.WithVoucher(database), await foreign.WithVoucher(database));
        await own.Factory.AddPerson("self");
        await using var app = await App.Start(database.ConnectionString, work: false, limits: Unlimited);
        using var anonymous = app.Anonymous();
        var document = (await anonymous.Get("/openapi/v1.json")).Json;
        var endpoints = ApiEndpoint.Of(document);
        Assert.True(endpoints.Count > 140, $"The document names only {endpoints.Count} endpoints.");
        Vocabulary ours = new(own, endpoints);
        Vocabulary theirs = new(foreign, endpoints);
        var machine = await own.Factory.AddClient("fuzz");
        ours.Know("client_id", machine.ClientId);
        ours.Know("client_secret", machine.ClientSecret);
        var judge = new Judge();

        using var admin = await SignIn(app, $"owner@t{own.Factory.Tenant}.example");
        using var self = await SignIn(app, $"self@t{own.Factory.Tenant}.example");
        using var nobody = await SignIn(app, $"self@t{own.Factory.Tenant}.example");
        var ways = new ConcurrentQueue<(ApiEndpoint Endpoint, uint Seed)>(
            endpoints.Select((one, at) => (one, Seed + (uint)at)).OrderBy(one => Rank(one.one))
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, AtOnce)
                .Select(async _ =>
                {
                    while (ways.TryDequeue(out var way))
                    {
                        // Who signs in as somebody, ends a session or changes the password is not the one who does all the rest.
                        var client =
                            way.Endpoint.Name == "POST /api/v1/session" ? nobody
                            : way.Endpoint.Template.StartsWith("/api/v1/session", StringComparison.Ordinal) ? self
                            : admin;
                        var fuzzer = new Fuzzer(way.Endpoint, ours, theirs, new Dice(way.Seed));
                        for (var at = 0; at < Each; at++)
                        {
                            if (way.Endpoint.CountsAttempts && at % 100 == 0)
                                await database.Superuser("delete from identity.sign_in_guard");
                            await judge.Send(client, way.Endpoint, fuzzer.Next());
                        }
                    }
                })
        );

        judge.Nothing(Seed, endpoints.Count * Each);
        Assert.Equal(200, (int)(await anonymous.Get("/health/live")).Status);
        await database.PostVouchers();
        await EveryInvariant.Holds(database.ConnectionString);
    }

    private static LimitSettings Unlimited
    {
        get
        {
            var usual = new LimitSettings();
            return usual with
            {
                Client = usual.Client with { Most = 0 },
                User = usual.User with { Most = 0 },
                Address = usual.Address with { Most = 0 },
                SignIn = usual.SignIn with { Most = 0 },
                Token = usual.Token with { Most = 0 },
            };
        }
    }

    // What reads comes first, what ends something last, so that the others still find it.
    private static int Rank(ApiEndpoint one) =>
        one.Method == "GET" ? 0
        : one.Method == "DELETE" ? 4
        : one.Template.Split('/')[^1] is "retirement" or "revocation" or "withdrawal" or "ending" or "release" ? 3
        : one.Method == "PUT" ? 2
        : 1;

    private static async Task<HttpClient> SignIn(App app, string email)
    {
        var http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                MaxConnectionsPerServer = AtOnce,
                RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            }
        )
        {
            BaseAddress = app.Url,
            Timeout = Longest,
        };
        using var body = new StringContent(
            JsonSerializer.Serialize(new { email, password = Factory.Password }),
            null,
            "application/json"
        );
        using var answer = await http.PostAsync(new Uri("/api/v1/session", UriKind.Relative), body);
        Assert.Equal(200, (int)answer.StatusCode);
        return http;
    }

    /// <summary>Says of each answer what it should not be, and keeps it until the end.</summary>
    private sealed class Judge
    {
        private readonly ConcurrentDictionary<string, (int Times, string First)> _found = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, ConcurrentDictionary<int, int>> _answers = new(StringComparer.Ordinal);

        internal async Task Send(HttpClient client, ApiEndpoint endpoint, FuzzedRequest request)
        {
            using var message = request.ToMessage();
            try
            {
                using var answer = await client.SendAsync(message);
                var text = await answer.Content.ReadAsStringAsync();
                var status = (int)answer.StatusCode;
                _answers.GetOrAdd(endpoint.Name, _ => []).AddOrUpdate(status, 1, (_, times) => times + 1);
                var media = answer.Content.Headers.ContentType?.MediaType;
                if (WrongWith(endpoint, request, status, media, text) is { } wrong)
                    Note($"{endpoint.Name}: {status} {wrong}", request, text);
            }
            catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException or IOException)
            {
                Note(
                    $"{endpoint.Name}: no answer within {Longest.TotalSeconds} s ({failed.GetType().Name})",
                    request,
                    failed.Message
                );
            }
        }

        internal void Nothing(uint seed, int sent)
        {
            var busy = _answers.Values.Sum(one => one.GetValueOrDefault(503));
            // Behind the checks of form and rights: a success, or a rule that judged.
            var reached = _answers.Count(one => one.Value.Keys.Any(status => status is < 400 or 409 or 412));
            var shallow = _answers
                .Where(one => !one.Value.Keys.Any(status => status is < 400 or 409 or 412))
                .Select(one => one.Key);
            Assert.True(
                _found.IsEmpty && busy < sent / 100 && reached > _answers.Count * 9 / 10,
                $"""
                Seed {seed}: {sent} requests, {busy} of them busy, {reached} of {_answers.Count} endpoints reached
                (not {string.Join(", ", shallow)}).
                {string.Join(
                    '\n',
                    _found.OrderBy(one => one.Key).Select(one => $"{one.Value.Times} × {one.Key}\n   {one.Value.First}")
                )}
                """
            );
            Assert.Equal(sent, _answers.Values.Sum(one => one.Values.Sum()));
        }

        private void Note(string what, FuzzedRequest request, string answer) =>
            _found.AddOrUpdate(
                what,
                _ => (1, $"{request}\n   {(answer.Length > 400 ? answer[..400] : answer)}"),
                (_, one) => (one.Times + 1, one.First)
            );

        private static string? WrongWith(ApiEndpoint endpoint, FuzzedRequest request, int status, string? media, string text)
        {
            if (status < 400)
                return endpoint.Statuses.Contains(status) ? null : "is not in the document";
            // Kestrel's own, before the program is asked: no text may hold NUL.
            if (request.AddressIsOdd && (status, text) is (400, ""))
                return null;
            if (Fields(text) is not { } said)
                return "is no JSON";
            if (endpoint.IsOfOAuth && status is 400 or 401)
                return said.ContainsKey("error") ? null : "has no error as OAuth wants it";
            if (endpoint.Template == "/health/ready")
                return (status, said["status"]) is (503, "not ready") ? null : "says nothing of its state";
            if (media != "application/problem+json")
                return $"is no problem but {media}";
            var code = said.GetValueOrDefault("code");
            if (code is null || said.GetValueOrDefault("type") != $"/problems/{code}" || !said.ContainsKey("title"))
                return "is a problem without type, title or code";
            if (said.GetValueOrDefault("status") != $"{status}")
                return "names another status";
            if (request.AddressIsOdd && OfNobody.Contains(code))
                return null;
            if (!endpoint.Statuses.Contains(status))
                return $"({code}) is not in the document";
            return status >= 500 && !code.StartsWith("busy", StringComparison.Ordinal) ? $"({code}) is a fault" : null;
        }

        private static Dictionary<string, string>? Fields(string text)
        {
            try
            {
                using var read = JsonDocument.Parse(text);
                return read.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => $"{one.Value}");
            }
            catch (Exception other) when (other is JsonException or InvalidOperationException)
            {
                return null;
            }
        }
    }
}
