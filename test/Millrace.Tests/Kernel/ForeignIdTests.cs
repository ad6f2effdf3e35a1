using System.Text.RegularExpressions;

namespace Millrace.Tests;

public sealed partial class ForeignIdTests(Server server)
{
    // These name nothing.
    private static readonly string[] Nameless =
    [
        "GET /api/v1/session",
        "DELETE /api/v1/session",
        "GET /api/v1/companies",
        "GET /api/v1/items",
        "GET /api/v1/items/groups",
        "GET /api/v1/items/export",
        "POST /api/v1/items",
        "GET /api/v1/stock-adjustments/groups", // ListTests asks for those of another tenant's company
        "GET /api/v1/stock-adjustments/export",
        "GET /api/v1/vouchers/groups",
        "GET /api/v1/vouchers/export",
        "GET /api/v1/partners",
        "GET /api/v1/partners/groups",
        "GET /api/v1/partners/export",
        "POST /api/v1/partners",
        "GET /api/v1/search", // SearchTests looks for what is of another tenant and company
        "GET /api/v1/fields",
        "GET /api/v1/installation-jobs", // of no tenant; JobTests says who sees them
        "GET /api/v1/installation-jobs/groups",
        "GET /api/v1/installation-jobs/export",
        "GET /api/v1/exchanges",
        "POST /api/v1/exchanges",
        "GET /api/v1/lists/{name}",
        "GET /api/v1/list-views",
        "POST /api/v1/list-views",
        "PUT /api/v1/list-views/{id:guid}", // only one's own, as ListTests says
        "PUT /api/v1/list-views/{id:guid}/sharing", // only one's own
        "DELETE /api/v1/list-views/{id:guid}", // only one's own
        "GET /api/v1/imports",
        "GET /api/v1/imports/groups",
        "GET /api/v1/imports/export",
        "PUT /api/v1/imports/{id:guid}", // its body is no JSON; ImportTests does the same with it
        "GET /api/v1/import-kinds",
        "GET /api/v1/import-kinds/{kind}/template",
        "GET /api/v1/parked-events",
        "GET /api/v1/health-report",
        "GET /api/v1/inbox",
        "GET /api/v1/notifications",
        "GET /api/v1/notifications/counts",
        "GET /api/v1/notifications/mail", // one's own
        "GET /api/v1/audit/tables",
        "GET /api/v1/people",
        "GET /api/v1/document-types",
        "GET /api/v1/approval-rules",
        "GET /api/v1/delegations",
        "GET /api/v1/task-labels",
        "GET /api/v1/jobs",
        "GET /api/v1/schedules",
        "GET /api/v1/sign-in-options",
        "GET /api/v1/sessions",
        "DELETE /api/v1/sessions/{id:guid}", // only one's own
        "GET /api/v1/session/second-factor",
        "GET /api/v1/permissions",
        "GET /api/v1/members",
        "GET /api/v1/members/groups",
        "GET /api/v1/members/export",
        "GET /api/v1/mails/groups",
        "GET /api/v1/mails/export",
        "GET /api/v1/roles",
        "GET /api/v1/invitations",
        "GET /api/v1/clients",
        "GET /api/v1/devices",
        "GET /api/v1/device", // the caller's own
        "GET /api/v1/sites",
        "PUT /api/v1/attachments/{id:guid}", // its body is no JSON; AttachmentTests does the same with it
    ];

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

        foreach (var call in Call.All)
        {
            var answer = await call.Filled(own.Value).Send(client);
            Assert.True((int)answer.Status < 300, $"{call}: {answer.Status} {answer.Text}");
        }

        var before = await database.Contents();
        foreach (var call in Call.All)
        foreach (var name in call.Names.Except(["today", "year", "fresh", "tenant", "document", "receipt"]))
        {
            var missing = Missing(name);
            var theirs = await call.Filled(one => one == name ? foreign.Ids[name] : own.Value(one)).Send(client);
            var nobodys = await call.Filled(one => one == name ? missing : own.Value(one)).Send(client);
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
        var calls = Call.Everything;

        var unlisted = Surface
            .Of(app.Services)
            .Where(one => one.Pattern.StartsWith("/api/", StringComparison.Ordinal) && !Nameless.Contains(one.Name))
            .Where(one => !calls.Any(call => call.Method.Method == one.Method && one.Fits(call.Path.Split('?')[0])));

        Assert.Empty(unlisted.Select(one => one.Name));
    }

    private static string Missing(string name) =>
        name switch
        {
            "parked" => "799999",
            "unit" => "106141411234567897",
            _ => Guid.CreateVersion7().ToString(),
        };

    private static string Shown(Answer answer, string id)
    {
        var headers = answer
            .Headers.Where(one => one.Key.ToUpperInvariant() is not ("DATE" or "X-REQUEST-ID" or "RATELIMIT"))
            .Select(one => $"{one.Key}: {one.Value.First()}");
        var text = RequestId().Replace(answer.Text.Replace(id, "<id>", StringComparison.Ordinal), "");
        return $"{answer.Status} {string.Join("; ", headers)} {text}";
    }

    [GeneratedRegex("\"requestId\":\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex RequestId();
}
