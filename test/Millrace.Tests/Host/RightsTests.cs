using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class RightsTests(Server server)
{
    [Fact, Case("X9")]
    public async Task Every_endpoint_declares_who_may_and_the_open_ones_are_listed()
    {
        await using var database = await server.NewDatabase();
        await using var app = await App.Start(database.ConnectionString, work: false);
        var endpoints = Surface.Of(app.Services);

        Assert.Empty(OpenEndpoints.Faults(endpoints));
        // Nothing stands on the lists that is no longer there, and every permission opens something: an endpoint, or a kind of
        // file that may be imported.
        Assert.Empty(OpenEndpoints.ForAll.Keys.Concat(OpenEndpoints.ForSignedIn.Keys).Except(endpoints.Select(one => one.Name)));
        var opened = endpoints.Select(one => one.Right?.Permission ?? "");
        var imported = app.Services.GetRequiredService<ImportKinds>().All.Select(kind => kind.Permission);
        Assert.Empty(Factory.AllPermissions.Except(opened.Concat(imported)));
    }

    [Fact, Case("X9")]
    public async Task The_enumeration_finds_planted_endpoints()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var planted = builder.Build();
        planted.MapGet("/planted/silent", () => "");
        planted.MapGet("/planted/open", () => "").Open("Because.");
        planted.MapGet("/planted/members", () => "").SignedIn("Because.");
        planted.MapGet("/planted/unknown", () => "").Needs("planted.permission");
        planted.MapGet("/planted/right", () => "").Needs("company.read");
        planted.MapGet("/health/live", () => "").Open("Because.");
        IEndpointRouteBuilder routes = planted;

        var faults = OpenEndpoints.Faults(routes.DataSources.SelectMany(Surface.Of)).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "GET /planted/members is open to members and not on the list",
                "GET /planted/open is open to all and not on the list",
                "GET /planted/silent declares no right",
                "GET /planted/unknown needs planted.permission, which no module declares",
            ],
            faults
        );
    }

    [Fact, Case("X9")]
    public async Task An_endpoint_that_declares_nothing_lets_nobody_through()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var planted = builder.Build();
        planted.Urls.Add("http://127.0.0.1:0");
        planted.UseRouting();
        planted.UseMiddleware<RightCheck>();
        planted.MapGet("/planted", () => "secret");
        await planted.StartAsync(TestContext.Current.CancellationToken);
        using var client = new ApiClient(new Uri(planted.Urls.First()));

        var answer = await client.Get("/planted");

        Assert.Equal((HttpStatusCode.Forbidden, "auth.undeclared"), (answer.Status, answer.Code));
    }

    [Fact, Case("X9")]
    public async Task With_all_permissions_but_its_own_an_endpoint_refuses_and_writes_nothing()
    {
        await using var database = await server.NewDatabase();
        var sample = await Sample.Make(database, "X9");
        var clients = new Dictionary<string, CreateClient.Result>();
        foreach (var permission in Factory.AllPermissions)
            clients[permission] = await sample.Factory.AddClient(permission, [.. Factory.AllPermissions.Except([permission])]);
        await using var app = await App.Start(database.ConnectionString, work: false);
        await app.Authorize(clients.Values.First()); // the first token makes the signing key
        var before = await database.Contents();

        var tried = 0;
        foreach (
            var group in Surface
                .Of(app.Services)
                .Where(one => one.Right?.Permission is not null)
                .ToLookup(one => one.Right!.Permission!)
        )
        {
            using var client = await app.Authorize(clients[group.Key]);
            foreach (var endpoint in group)
            {
                var answer = await Call(client, endpoint, sample);
                Assert.Equal(
                    (endpoint.Name, HttpStatusCode.Forbidden, "auth.forbidden"),
                    (endpoint.Name, answer.Status, answer.Code)
                );
                Assert.Contains(group.Key, answer.Text, StringComparison.Ordinal);
                tried++;
            }
        }
        Assert.True(tried > 25, $"Only {tried} endpoints were found.");
        Assert.Equal(before, await database.Contents());
    }

    [Fact, Case("X9")]
    public async Task With_only_its_own_permission_an_endpoint_does_not_refuse()
    {
        await using var database = await server.NewDatabase();
        var sample = await Sample.Make(database, "X9");
        await using var app = await App.Start(database.ConnectionString, work: false);
        foreach (
            var group in Surface
                .Of(app.Services)
                .Where(one => one.Right?.Permission is not null)
                .ToLookup(one => one.Right!.Permission!)
        )
        {
            // A file is seen only by who may also see the document it belongs to.
            string[] permissions = group.Key.StartsWith("kernel.attachment", StringComparison.Ordinal)
                ? [group.Key, "company.read"]
                : [group.Key];
            using var client = await app.Authorize(await sample.Factory.AddClient(group.Key, permissions));
            foreach (var endpoint in group)
            {
                var answer = await Call(client, endpoint, sample);
                Assert.False(
                    answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized,
                    $"{endpoint.Name}: {answer.Text}"
                );
            }
        }
    }

    [Fact, Case("X9")]
    public async Task Without_signing_in_every_closed_endpoint_says_401_and_nothing_is_written()
    {
        await using var database = await server.NewDatabase();
        var sample = await Sample.Make(database, "X9");
        await using var app = await App.Start(database.ConnectionString, work: false);
        var before = await database.Contents();

        foreach (
            var authorization in (string?[])
                [null, "Bearer", "Bearer nonsense", "Bearer a.b.c", "Basic YTpi", "bearer ", "Negotiate x"]
        )
        {
            using var client = app.Anonymous();
            if (authorization is not null)
                client.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
            foreach (var endpoint in Surface.Of(app.Services).Where(one => one.Right is { SignedIn: true }))
            {
                var answer = await Call(client, endpoint, sample);
                Assert.Equal(
                    (endpoint.Name, HttpStatusCode.Unauthorized, "auth.required"),
                    (endpoint.Name, answer.Status, answer.Code)
                );
            }
        }
        Assert.Equal(before, await database.Contents());
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_write_with_the_cookie_of_a_person()
    {
        await using var database = await server.NewDatabase();
        var sample = await Sample.Make(database, "X9");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.SignIn(await sample.Factory.AddPerson("person"));
        var before = await database.Contents();
        var writing = Surface
            .Of(app.Services)
            .Where(one => one.Right is { SignedIn: true } && one.Method is not ("GET" or "ANY"));

        foreach (
            var (name, value) in ((string, string)[])
                [
                    ("Origin", "http://evil.example"),
                    ("Origin", "null"),
                    ("Origin", $"http://{app.Url.Host}:1"),
                    ("Sec-Fetch-Site", "cross-site"),
                    ("Sec-Fetch-Site", "same-site"),
                ]
        )
        {
            client.Http.DefaultRequestHeaders.Add(name, value);
            foreach (var endpoint in writing)
            {
                var answer = await Call(client, endpoint, sample);
                Assert.Equal(
                    (endpoint.Name, HttpStatusCode.Forbidden, "csrf.refused"),
                    (endpoint.Name, answer.Status, answer.Code)
                );
            }
            client.Http.DefaultRequestHeaders.Remove(name);
        }
        Assert.Equal(before, await database.Contents());
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_sign_its_own_user_in_here()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        var email = await factory.AddPerson("person");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = app.Anonymous();
        client.Http.DefaultRequestHeaders.Add("Origin", "http://evil.example");

        var answer = await client.Send(HttpMethod.Post, "/api/v1/session", new { email, password = Factory.Password }, key: null);

        Assert.Equal((HttpStatusCode.Forbidden, "csrf.refused"), (answer.Status, answer.Code));
        Assert.Equal(0L, await database.Superuser<long>("select count(*) from identity.session"));
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_open_the_live_hub()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.SignIn(await factory.AddPerson("person"));

        async Task<HttpStatusCode> Open(string origin)
        {
            using var socket = new System.Net.WebSockets.ClientWebSocket();
            socket.Options.Cookies = client.Cookies;
            socket.Options.SetRequestHeader("Origin", origin);
            socket.Options.CollectHttpResponseDetails = true;
            try
            {
                var hub = new UriBuilder(app.Url) { Scheme = "ws", Path = "/hub/live" }.Uri;
                await socket.ConnectAsync(hub, TestContext.Current.CancellationToken);
            }
            catch (System.Net.WebSockets.WebSocketException)
            {
                // told by the status
            }
            return socket.HttpStatusCode;
        }

        Assert.Equal(HttpStatusCode.Forbidden, await Open("http://evil.example"));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await Open(app.Url.GetLeftPart(UriPartial.Authority)));
    }

    [Fact]
    public async Task The_own_page_may_write_with_the_cookie()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.SignIn(await factory.AddPerson("person"));
        client.Http.DefaultRequestHeaders.Add("Origin", app.Url.GetLeftPart(UriPartial.Authority));
        client.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");

        var answer = await client.Post($"/api/v1/items/{factory.Item}/retirement");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    private static Task<Answer> Call(ApiClient client, Surface endpoint, Sample sample) =>
        client.Send(
            endpoint.Method == "ANY" ? HttpMethod.Get : HttpMethod.Parse(endpoint.Method),
            endpoint.Path(name => Name(endpoint, name, sample)) + $"?companyId={sample.Factory.Company}",
            endpoint.TakesBody ? "{}" : null,
            endpoint.TakesKey ? Guid.CreateVersion7().ToString() : null,
            ifMatch: endpoint.Method == "PUT" ? "\"1\"" : null
        );

    // Ids that exist, so that a check that came too late would have something to change.
    private static string Name(Surface endpoint, string name, Sample sample) =>
        (name, endpoint.Pattern.Split('/')[3]) switch
        {
            ("companyId", _) => sample.Ids["company"],
            ("memberId" or "roleId" or "clientId" or "deviceId" or "siteId" or "invitationId", _) => sample.Ids[name[..^2]],
            (_, "items") => sample.Ids["item"],
            (_, "warehouses") => sample.Ids["warehouse"],
            (_, "reservations") => sample.Ids["reservation"],
            (_, "parked-events") => sample.Ids["parked"],
            (_, "jobs") => sample.Ids["job"],
            (_, "schedules") => sample.Ids["schedule"],
            (_, "attachments") => sample.Ids["attachment"],
            ("id", "companies") => sample.Ids["rule"],
            _ => Surface.Nothing(name),
        };
}
