using System.Net.WebSockets;
using System.Text;

namespace Millrace.Tests;

public sealed class MarkerTests(Server server)
{
    private const string Mark = "ALPHAMARK";

    [Fact, Case("T5")]
    public async Task No_byte_of_one_tenant_reaches_another_by_any_reading_endpoint()
    {
        await using var database = await server.NewDatabase();
        var (theirs, own) = (await Sample.Make(database, Mark), await Sample.Make(database, "BETA"));
        await theirs.Factory.AddPerson(Mark);
        await database.PostVouchers();
        (theirs, own) = (await theirs.WithVoucher(database), await own.WithVoucher(database));
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.SignIn(await own.Factory.AddPerson("BETA"));
        using var them = await app.SignIn($"{Mark}@t{theirs.Factory.Tenant}.example");
        var reads = Surface.Of(app.Services).Where(one => one is { Method: "GET", Right: not null }).ToList();

        var (seen, seenByThem) = (new StringBuilder(), new StringBuilder());
        foreach (var read in reads)
        foreach (var names in (Sample[])[own, theirs])
        {
            // As the tenant itself does at the same time, so that a shared cache or buffer would show.
            var (mine, other) = (Read(client, read, names), Read(them, read, names));
            seen.AppendLine(await mine);
            seenByThem.AppendLine(await other);
        }

        Assert.DoesNotContain(Mark, seen.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("BETA demand", seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("BETA", seenByThem.ToString(), StringComparison.OrdinalIgnoreCase);
        foreach (
            var written in (string[])
                [$"{Mark} item", $"{Mark} demand", $"{Mark} reference", $"{Mark} lot", $"{Mark} error", $"{Mark} warehouse"]
        )
            Assert.Contains(written, seenByThem.ToString(), StringComparison.Ordinal);
    }

    [Fact, Case("T5")]
    public async Task No_byte_of_one_tenant_reaches_another_over_the_live_hub()
    {
        await using var database = await server.NewDatabase();
        var (theirs, own) = (await Factory.Make(database.Dbs, Mark), await Factory.Make(database.Dbs, "BETA"));
        var email = await own.AddPerson("BETA");
        await using var app = await App.Start(database.ConnectionString);
        using var client = await app.SignIn(email);
        using var them = await app.SignIn(await theirs.AddPerson(Mark));
        using var socket = await Follow(client, app.Url);

        var seen = new StringBuilder();
        for (var round = 1; round <= 5; round++)
        {
            await Move(them, theirs, $"{Mark}-{round}");
            await Move(client, own, $"BETA-{round}");
            await ReadUntil(socket, seen, $"BETA-{round}");
        }

        Assert.DoesNotContain(Mark, seen.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(theirs.Company.ToString(), seen.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(theirs.Item.ToString(), seen.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task Move(ApiClient client, Factory factory, string demand)
    {
        await client.Post(
            "/api/v1/receipts",
            new
            {
                warehouseId = factory.Warehouse,
                date = Factory.Today,
                lines = new[] { new { itemId = factory.Item, quantity = 5m } },
            }
        );
        var reserved = await client.Post(
            "/api/v1/reservations",
            new
            {
                companyId = factory.Company,
                demand,
                lines = new[]
                {
                    new
                    {
                        itemId = factory.Item,
                        warehouseId = factory.Warehouse,
                        quantity = 1m,
                    },
                },
            }
        );
        Assert.Equal(System.Net.HttpStatusCode.Created, reserved.Status);
    }

    private static async Task<string> Read(ApiClient client, Surface read, Sample names)
    {
        var path = read.Path(name =>
            name switch
            {
                "companyId" => names.Ids["company"],
                "id" when read.Pattern.Contains("/items/", StringComparison.Ordinal) => names.Ids["item"],
                "id" when read.Pattern.Contains("/vouchers/", StringComparison.Ordinal) => names.Ids["voucher"],
                _ => Surface.Nothing(name),
            }
        );
        using var answer = await client.Http.GetAsync(new Uri($"{path}?companyId={names.Ids["company"]}", UriKind.Relative));
        return $"{answer.Headers} {await answer.Content.ReadAsStringAsync()}";
    }

    // The hub's own protocol, to see the very bytes: a handshake, then one call that streams.
    private static async Task<ClientWebSocket> Follow(ApiClient client, Uri url)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = client.Cookies;
        await socket.ConnectAsync(
            new UriBuilder(url) { Scheme = "ws", Path = "/hub/live" }.Uri,
            TestContext.Current.CancellationToken
        );
        foreach (
            var text in (string[])
                [
                    "{\"protocol\":\"json\",\"version\":1}\u001e",
                    "{\"type\":4,\"invocationId\":\"1\",\"target\":\"Live\",\"arguments\":[0]}\u001e",
                ]
        )
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(text),
                WebSocketMessageType.Text,
                endOfMessage: true,
                TestContext.Current.CancellationToken
            );
        return socket;
    }

    private static async Task ReadUntil(ClientWebSocket socket, StringBuilder seen, string awaited)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[16 * 1024];
        while (!seen.ToString().Contains(awaited, StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            Assert.NotEqual(WebSocketMessageType.Close, read.MessageType);
            seen.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
        }
    }
}
