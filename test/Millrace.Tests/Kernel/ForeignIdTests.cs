using System.Text.RegularExpressions;

namespace Millrace.Tests;

public sealed partial class ForeignIdTests(Server server)
{
    // Every request that names something, in an order in which all of them succeed.
    private const string Requests = """
        GET  /api/v1/companies/{company}/periods?year=2026
        POST /api/v1/companies/{company}/years/2031
        POST /api/v1/companies/{company}/periods/2031-01/closing
        POST /api/v1/companies/{company}/periods/2031-01/opening
        GET  /api/v1/companies/{company}/accounts
        GET  /api/v1/companies/{company}/trial-balance
        GET  /api/v1/companies/{company}/posting-rules
        PUT  /api/v1/companies/{company}/posting-rules/{rule}   {"debitAccount":"150","creditAccount":"320"}
        GET  /api/v1/items/{item}
        PUT  /api/v1/items/{item}                               {"name":"Renamed","kind":"goods","unit":"pcs"}
        POST /api/v1/items/{item}/retirement
        POST /api/v1/items/{item}/restoration
        PUT  /api/v1/items/{item}/costs/{company}               {"unitCost":"8"}
        GET  /api/v1/warehouses?companyId={company}
        POST /api/v1/warehouses                                 {"companyId":"{company}","code":"NEW","name":"New"}
        POST /api/v1/warehouses/{warehouse}/bins                {"code":"B-7"}
        GET  /api/v1/stock?companyId={company}&warehouseId={warehouse}&itemId={item}
        GET  /api/v1/movements?companyId={company}&warehouseId={warehouse}&itemId={item}
        POST /api/v1/receipts     {"warehouseId":"{warehouse}","date":"{today}","lines":[{"itemId":"{item}","quantity":"1"}]}
        POST /api/v1/issues       {"warehouseId":"{warehouse}","date":"{today}","reason":"sale","lines":[{"itemId":"{item}","quantity":"1"}]}
        POST /api/v1/reservations {"companyId":"{company}","demand":"D-9","lines":[{"itemId":"{item}","warehouseId":"{warehouse}","quantity":"1"}]}
        GET  /api/v1/reservations?companyId={company}
        POST /api/v1/reservations/{reservation}/release
        GET  /api/v1/vouchers?companyId={company}&document={document}
        GET  /api/v1/vouchers/{voucher}
        POST /api/v1/parked-events/{parked}/retry
        POST /api/v1/session      {"email":"owner@t{tenant}.example","password":"correct horse","tenantId":{tenant}}
        """;

    // These name nothing.
    private static readonly string[] Nameless =
    [
        "GET /api/v1/session",
        "DELETE /api/v1/session",
        "GET /api/v1/companies",
        "GET /api/v1/items",
        "POST /api/v1/items",
        "GET /api/v1/parked-events",
    ];

    private sealed record Call(HttpMethod Method, string Path, string? Body)
    {
        internal static IEnumerable<Call> All() =>
            from line in Requests.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            let parts = Blanks().Split(line, 3)
            select new Call(HttpMethod.Parse(parts[0]), parts[1], parts.ElementAtOrDefault(2));

        internal IEnumerable<string> Names => Hole().Matches($"{Path} {Body}").Select(one => one.Value.Trim('{', '}')).Distinct();

        internal Task<Answer> Send(ApiClient client, Func<string, string> value)
        {
            string Fill(string text) => Hole().Replace(text, hole => value(hole.Value.Trim('{', '}')));
            var key = Method == HttpMethod.Post ? Guid.CreateVersion7().ToString() : null;
            return client.Send(
                Method,
                Fill(Path),
                Body is null ? null : Fill(Body),
                key,
                Method == HttpMethod.Put ? "\"1\"" : null
            );
        }
    }

    [Fact, Case("T4")]
    public async Task A_foreign_id_is_answered_to_the_byte_like_one_that_does_not_exist()
    {
        await using var database = await server.NewDatabase();
        var (own, foreign) = (await Sample.Make(database, "Own"), await Sample.Make(database, "Foreign"));
        await foreign.Factory.AddPerson("owner");
        var owner = await own.Factory.AddPerson("owner");
        await database.PostVouchers();
        (own, foreign) = (await own.WithVoucher(database), await foreign.WithVoucher(database));
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.SignIn(owner);

        foreach (var call in Call.All())
        {
            var answer = await call.Send(client, name => Value(name, own));
            Assert.True((int)answer.Status < 300, $"{call}: {answer.Status} {answer.Text}");
        }

        var before = await database.Contents();
        foreach (var call in Call.All())
        foreach (var name in call.Names.Except(["today", "tenant", "document"]))
        {
            var missing = Missing(name);
            var theirs = await call.Send(client, one => one == name ? foreign.Ids[name] : Value(one, own));
            var nobodys = await call.Send(client, one => one == name ? missing : Value(one, own));
            Assert.Equal($"{call} {Shown(nobodys, missing)}", $"{call} {Shown(theirs, foreign.Ids[name])}");
            Assert.DoesNotContain("Foreign", theirs.Text, StringComparison.Ordinal);
        }
        Assert.Equal(before, await database.Contents());
    }

    [Fact, Case("T4")]
    public async Task Signing_in_to_a_foreign_tenant_is_refused_like_signing_in_to_none()
    {
        await using var database = await server.NewDatabase();
        var (own, foreign) = (await Factory.Make(database.Dbs, "Own"), await Factory.Make(database.Dbs, "Foreign"));
        var email = await own.AddPerson("owner");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = app.Anonymous();

        async Task<string> Try(int tenantId) =>
            Shown(
                await client.Send(
                    HttpMethod.Post,
                    "/api/v1/session",
                    new
                    {
                        email,
                        Factory.Password,
                        tenantId,
                    },
                    key: null
                ),
                "-"
            );

        Assert.Equal(await Try(4711), await Try(foreign.Tenant));
        Assert.StartsWith("Unauthorized", await Try(foreign.Tenant), StringComparison.Ordinal);
    }

    [Fact, Case("T4")]
    public async Task Every_endpoint_that_names_something_is_in_the_list()
    {
        await using var database = await server.NewDatabase();
        await using var app = await App.Start(database.ConnectionString, work: false);
        var calls = Call.All().ToList();

        var unlisted = Surface
            .Of(app.Services)
            .Where(one => one.Pattern.StartsWith("/api/", StringComparison.Ordinal) && !Nameless.Contains(one.Name))
            .Where(one => !calls.Exists(call => call.Method.Method == one.Method && one.Fits(call.Path.Split('?')[0])));

        Assert.Empty(unlisted.Select(one => one.Name));
    }

    private static string Value(string name, Sample own) =>
        name == "today" ? FormattableString.Invariant($"{Factory.Today:yyyy-MM-dd}") : own.Ids[name];

    private static string Missing(string name) =>
        name switch
        {
            "parked" => "799999",
            _ => Guid.CreateVersion7().ToString(),
        };

    private static string Shown(Answer answer, string id)
    {
        var headers = answer
            .Headers.Where(one => one.Key.ToUpperInvariant() is not ("DATE" or "X-REQUEST-ID"))
            .Select(one => $"{one.Key}: {one.Value.First()}");
        var text = RequestId().Replace(answer.Text.Replace(id, "<id>", StringComparison.Ordinal), "");
        return $"{answer.Status} {string.Join("; ", headers)} {text}";
    }

    [GeneratedRegex(@"\{[a-z]+\}", RegexOptions.None, 1000)]
    private static partial Regex Hole();

    [GeneratedRegex(" +", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex("\"requestId\":\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex RequestId();
}
