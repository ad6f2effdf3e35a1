using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Millrace.Tests;

public sealed class BadInputTests(BadInputTests.Running running) : IClassFixture<BadInputTests.Running>
{
    /// <summary>One running program with one tenant, which all bad requests together leave as it was.</summary>
    public sealed class Running(Server server) : IAsyncLifetime
    {
        internal TestDatabase Database { get; private set; } = null!;
        internal App App { get; private set; } = null!;
        internal Sample Sample { get; private set; } = null!;
        internal ApiClient Client { get; private set; } = null!;
        private string _before = "";

        public async ValueTask InitializeAsync()
        {
            Database = await server.NewDatabase();
            Sample = await Sample.Make(Database, "Bad");
            await Database.PostVouchers();
            Sample = await Sample.WithVoucher(Database);
            await Sample.Factory.AddPerson("owner");
            App = await App.Start(Database.ConnectionString, work: false);
            Client = await App.Authorize(await Sample.Factory.AddClient("machine"));
            await Client.Get("/.well-known/jwks.json");
            _before = await Database.Contents();
        }

        internal async Task NothingWritten() => Assert.Equal(_before, await Database.Contents());

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await App.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    public static TheoryData<string> Bodies =>
        [.. Call.Everything.Where(one => one.Body is not null).Select(one => $"{one.Method} {one.Path}")];

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_refused_with_a_problem_and_writes_nothing(string endpoint)
    {
        var call = Call.Everything.Single(one => $"{one.Method} {one.Path}" == endpoint).Filled(running.Sample.Value);
        var faults = new Faults();
        foreach (var (what, body) in Mutations.Of(call.Body!, call.Path))
            faults.Check(what, await (call with { Body = body }).Send(running.Client));
        faults.None();
        Assert.True(faults.Checked > 20, $"Only {faults.Checked} bad bodies were tried.");
        await running.NothingWritten();
    }

    [Fact]
    public async Task Every_endpoint_that_takes_a_body_is_tried()
    {
        var taking = Surface
            .Of(running.App.Services)
            .Where(one => one.TakesBody && one.Name is not ("POST /oauth/token" or "POST /oauth/revoke"));
        Assert.Empty(
            taking
                .Where(one =>
                    !Call.Everything.Any(call => call.Body is not null && call.Method.Method == one.Method && one.Fits(call.Path))
                )
                .Select(one => one.Name)
        );
        await running.NothingWritten();
    }

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_body_of_another_type_is_415(string endpoint)
    {
        var call = Call.Everything.Single(one => $"{one.Method} {one.Path}" == endpoint).Filled(running.Sample.Value);
        var faults = new Faults();
        foreach (
            var type in (string?[])
                [
                    "text/plain",
                    "application/xml",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data",
                    "application/octet-stream",
                    null,
                ]
        )
            faults.Check($"{type}", await Send(call, Encoding.UTF8.GetBytes(call.Body!), type), 415, "media_type.unsupported");
        foreach (var charset in (string[])["klingon", "utf-16", "utf-7"])
            faults.Check(charset, await Send(call, Encoding.UTF8.GetBytes(call.Body!), $"application/json; charset={charset}"));
        faults.Check(
            "broken UTF-8",
            await Send(call, [.. Encoding.UTF8.GetBytes(call.Body![..^2]), 0xC3, 0x28, .. "\"}"u8], "application/json")
        );
        faults.Check("UTF-16", await Send(call, Encoding.Unicode.GetBytes(call.Body!), "application/json"));
        faults.None();
        await running.NothingWritten();
    }

    private async Task<Answer> Send(Call call, byte[] body, string? type)
    {
        using var request = new HttpRequestMessage(call.Method, call.Path) { Content = new ByteArrayContent(body) };
        if (type is not null)
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        request.Headers.Add("If-Match", "\"1\"");
        using var answer = await running.Client.Http.SendAsync(request);
        return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
    }

    [Fact]
    public async Task A_query_that_makes_no_sense_is_refused()
    {
        var (faults, company) = (new Faults(), running.Sample.Ids["company"]);
        foreach (
            var path in (string[])
                [
                    "/stock",
                    "/stock?companyId=",
                    "/stock?companyId=abc",
                    $"/stock?companyId={company}&companyId={company}",
                    $"/stock?companyId={company}&filter=itemId:is:17",
                    $"/stock?companyId={company}&filter=warehouseId:is:x",
                    $"/stock?companyId={company}&search={new string('x', 101)}",
                    $"/stock?companyId={company}&search=%00",
                    "/movements",
                    "/movements?companyId=1",
                    "/reservations?companyId=",
                    $"/reservations?companyId={company}&filter=state:like:open",
                    "/vouchers",
                    $"/vouchers?companyId={company}&filter=document:is:%00",
                    $"/vouchers?companyId={company}&filter=color:is:red",
                    $"/movements?companyId={company}&sort=quantity",
                    $"/stock-adjustments/groups?companyId={company}&by=note",
                    "/items?filter=retired:is:maybe",
                    "/items?filter=kind:is:%00",
                    "/items?search=%00",
                    "/items?search=%07",
                    "/warehouses?companyId=abc",
                    $"/companies/{company}/periods?year=abc",
                    $"/companies/{company}/periods?year=99999999999",
                    $"/companies/{company}/trial-balance?from=2026-13-01",
                    $"/companies/{company}/trial-balance?through=abc",
                ]
        )
            faults.Check(path, await running.Client.Get($"/api/v1{path}"), 400, "input.invalid");
        faults.None();
    }

    [Fact]
    public async Task A_malformed_cursor_or_limit_is_refused_by_every_list()
    {
        var (faults, company) = (new Faults(), running.Sample.Ids["company"]);
        var lists = Surface.Of(running.App.Services).Where(one => one.TakesPage).ToList();
        Assert.True(lists.Count >= 9, $"Only {lists.Count} lists were found.");
        foreach (var list in lists)
        {
            var path = $"{list.Path(_ => company)}?companyId={company}";
            foreach (var limit in (string[])["0", "-1", "abc", "201", "99999999999", "1.5", "%00", "5&limit=6"])
                faults.Check(
                    $"{list.Name} limit={limit}",
                    await running.Client.Get($"{path}&limit={limit}"),
                    400,
                    "input.invalid"
                );
            foreach (var cursor in (string[])["*", "abc", "=", "a b", "QUJD%00", "QQ==&after=QQ=="])
                faults.Check(
                    $"{list.Name} after={cursor}",
                    await running.Client.Get($"{path}&after={cursor}"),
                    400,
                    "input.invalid"
                );
            foreach (
                var json in (string[])
                    [
                        "null",
                        "true",
                        "[]",
                        "{}",
                        "[1,1,1,1,1]",
                        "[1.5]",
                        "1e99",
                        "{\"x\":1}",
                        "\"\\u0000\"",
                        "\"\\ud800\"",
                        "{\"item\":\"\\u0000\",\"warehouse\":\"\"}",
                        "{\"item\":null,\"warehouse\":\"\"}",
                        "{\"year\":null}",
                        "\"",
                        "{\"item\":\"a\",\"warehouse\":\"b\",\"item\":\"c\"}",
                    ]
            )
            {
                var cursor = Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(json)));
                faults.Check(
                    $"{list.Name} after={json}",
                    await running.Client.Get($"{path}&after={cursor}"),
                    400,
                    "input.invalid"
                );
            }
        }
        faults.None();
    }

    [Fact]
    public async Task A_path_that_names_nothing_is_404_and_a_method_that_does_not_fit_is_405()
    {
        var faults = new Faults();
        var (company, item) = (running.Sample.Ids["company"], running.Sample.Ids["item"]);
        foreach (
            var path in (string[])
                [
                    "nothing",
                    "items/abc",
                    "items/17",
                    "items/%20",
                    "items/00000000-0000-0000-0000-000000000000",
                    "items/..%2f..%2fetc",
                    "companies/abc/accounts",
                    $"companies/{company}/trial-balance.json",
                    "vouchers/abc",
                    $"vouchers/{item}",
                ]
        )
            faults.Check($"GET {path}", await running.Client.Get($"/api/v1/{path}"), 404, "not_found");
        foreach (
            var path in (string[])
                [
                    "items/abc/retirement",
                    "parked-events/abc/retry",
                    "parked-events/99999999999999999999/retry",
                    "parked-events/-1/retry",
                    $"companies/{company}/years/1999",
                    $"companies/{company}/years/2200",
                    $"companies/{company}/years/abc",
                    $"companies/{company}/periods/2026-13/closing",
                    $"companies/{company}/periods/2026-1/closing",
                    $"companies/{company}/periods/9999-12/closing",
                    $"companies/{company}/periods/abc/opening",
                    $"reservations/{item}/release",
                ]
        )
            faults.Check($"POST {path}", await running.Client.Post($"/api/v1/{path}"), 404, "not_found");
        foreach (
            var (method, path) in ((string, string)[])
                [
                    ("DELETE", "/api/v1/items"),
                    ("PUT", "/api/v1/items"),
                    ("POST", "/api/v1/stock"),
                    ("PATCH", $"/api/v1/items/{item}"),
                    ("GET", "/oauth/token"),
                    ("POST", "/health/live"),
                ]
        )
        {
            var answer = await running.Client.Send(HttpMethod.Parse(method), path, body: null, key: null);
            faults.Check($"{method} {path}", answer, 405, "method.not_allowed");
        }
        faults.None();
        await running.NothingWritten();
    }
}
