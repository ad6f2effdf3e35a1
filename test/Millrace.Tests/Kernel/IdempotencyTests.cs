using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Millrace.Tests;

/// <summary>The table of answers in docs/CASES.md, row by row, over HTTP.</summary>
public sealed class IdempotencyTests(Server server)
{
    private const string Receipts = "/api/v1/receipts";
    private const string Answers = "kernel.answer";
    private const string Movements = "inventory.movement";

    [Theory]
    [InlineData(null, "idempotency.key_required")]
    [InlineData("", "idempotency.key_malformed")]
    [InlineData("first try", "idempotency.key_malformed")]
    [InlineData("018f6d3e8c2a7d109a530c7b7f0d2b11", "idempotency.key_malformed")]
    [InlineData("{018f6d3e-8c2a-7d10-9a53-0c7b7f0d2b11}", "idempotency.key_malformed")]
    [InlineData(
        "018f6d3e-8c2a-7d10-9a53-0c7b7f0d2b11, 018f6d3e-8c2a-7d10-9a53-0c7b7f0d2b11",
        "idempotency.key_malformed",
        Label = "joined by a comma"
    )]
    [Case("I6")]
    public async Task A_key_that_is_missing_or_malformed_is_refused_before_anything_is_done(string? key, string code)
    {
        await using var open = await OpenFactory.Start(server);

        var answer = await open.Api.Send(HttpMethod.Post, Receipts, open.Goods(1), key);

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.Code));
        Assert.Equal((0L, 0L), (await open.Count(Answers), await open.Count(Movements)));
    }

    [Theory]
    [InlineData("018f6d3e-8c2a-7d10-9a53-0c7b7f0d2b11", "018f6d3e-8c2a-7d10-9a53-0c7b7f0d2b12")]
    [InlineData("018f6d3e-8c2a-7d10-9a53-0c7b7f0d2b11", "018f6d3e-8c2a-7d10-9a53-0c7b7f0d2b11", Label = "twice the same")]
    [Case("I6")]
    public async Task A_header_sent_twice_is_refused(string first, string second)
    {
        await using var open = await OpenFactory.Start(server);

        // HttpClient would join the two; a careless proxy would not.
        var text = await Raw(
            open.App.Url,
            $"""
            POST {Receipts} HTTP/1.1
            Host: millrace
            Connection: close
            Authorization: {open.Api.Http.DefaultRequestHeaders.Authorization}
            Content-Type: application/json
            Content-Length: 2
            Idempotency-Key: {first}
            Idempotency-Key: {second}

            {"{}"}
            """
        );

        Assert.StartsWith("HTTP/1.1 400 ", text, StringComparison.Ordinal);
        Assert.Contains("idempotency.key_doubled", text, StringComparison.Ordinal);
        Assert.Equal(0, await open.Count(Answers));
    }

    [Fact]
    public async Task A_success_is_stored_and_the_same_request_gets_the_same_bytes_marked_as_replayed()
    {
        await using var open = await OpenFactory.Start(server);
        var key = Guid.CreateVersion7();

        var first = await open.Receive(5, key: key);
        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1, await open.Count($"{Answers} where status = 201 and key = '{key}'"));

        var again = await open.Receive(5, key: key);
        Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
        Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal((1L, 1L), (await open.Count(Answers), await open.Count(Movements)));
    }

    [Fact]
    public async Task A_refusal_is_not_stored_and_the_same_request_is_judged_anew()
    {
        await using var open = await OpenFactory.Start(server);
        var (key, demand) = (Guid.CreateVersion7(), open.Demand("SO-1", (open.Factory.Item, 3)));

        var refused = await open.Api.Post("/api/v1/reservations", demand, key);
        Assert.Equal((HttpStatusCode.Conflict, "inventory.short"), (refused.Status, refused.Code));
        Assert.Equal(0, await open.Count(Answers));

        await open.Stock(3);
        var done = await open.Api.Post("/api/v1/reservations", demand, key);
        Assert.Equal(HttpStatusCode.Created, done.Status);
        Assert.False(done.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_lock_that_is_not_given_in_five_seconds_is_a_503_and_the_same_request_may_come_again()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(1);
        var key = Guid.CreateVersion7();
        Answer blocked;
        var began = TimeProvider.System.GetTimestamp();
        await using (await open.HoldBalances())
            blocked = await open.Receive(7, key: key);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "busy.locked"), (blocked.Status, blocked.Code));
        Assert.Equal(TimeSpan.FromSeconds(1), blocked.Headers.RetryAfter?.Delta);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 4.9, 9);
        Assert.Equal((1L, 1L), (await open.Count(Answers), await open.Count(Movements)));
        Assert.Equal(1m, await open.Database.Superuser<decimal>("select on_hand from inventory.balance"));

        Assert.Equal(HttpStatusCode.Created, (await open.Receive(7, key: key)).Status);
        Assert.Equal(8m, await open.Database.Superuser<decimal>("select on_hand from inventory.balance"));
    }

    [Fact]
    public async Task What_is_wrong_with_the_request_or_the_program_is_answered_as_it_is_and_not_stored()
    {
        await using var open = await OpenFactory.Start(server);
        var key = Guid.CreateVersion7();
        using var nobody = open.App.Anonymous();
        using var clerk = await open.App.Authorize(await open.Factory.AddClient("clerk", ["inventory.stock.read"]));

        Assert.Equal(400, await Status(open.Api, open.Goods(-1)));
        Assert.Equal(400, await Status(open.Api, "{broken"));
        Assert.Equal(401, await Status(nobody, open.Goods(1)));
        Assert.Equal(403, await Status(clerk, open.Goods(1)));
        Assert.Equal(413, await Status(open.Api, new string(' ', 1024 * 1024 + 1)));
        Assert.Equal(415, await Status(open.Api, open.Goods(1), "text/plain"));
        await open.Database.Superuser("alter table inventory.movement rename to gone");
        Assert.Equal(500, await Status(open.Api, open.Goods(1)));
        await open.Database.Superuser("alter table inventory.gone rename to movement");
        Assert.Equal((0L, 0L), (await open.Count(Answers), await open.Count(Movements)));

        Assert.Equal(201, await Status(open.Api, open.Goods(1)));
        Assert.Equal(1, await open.Count(Movements));

        Task<int> Status(ApiClient caller, object body, string type = "application/json") =>
            SendAs(caller, Receipts, body, type, key);
    }

    [Theory]
    [InlineData("another quantity")]
    [InlineData("another path")]
    [InlineData("another query")]
    [InlineData("another content type")]
    [InlineData("another white space")]
    public async Task A_key_used_for_another_request_is_a_422(string difference)
    {
        await using var open = await OpenFactory.Start(server);
        var key = Guid.CreateVersion7();
        var body = open.Goods(5);
        var text = System.Text.Json.JsonSerializer.Serialize(body, Millrace.Kernel.Wire.Options);
        Assert.Equal(201, await SendAs(open.Api, Receipts, text, "application/json", key));

        var status = difference switch
        {
            "another quantity" => await SendAs(open.Api, Receipts, open.Goods(6), "application/json", key),
            "another path" => await SendAs(
                open.Api,
                $"/api/v1/items/{open.Factory.Item}/retirement",
                text,
                "application/json",
                key
            ),
            "another query" => await SendAs(open.Api, $"{Receipts}?again=1", text, "application/json", key),
            "another content type" => await SendAs(open.Api, Receipts, text, "application/json; charset=utf-8", key),
            _ => await SendAs(open.Api, Receipts, text + " ", "application/json", key),
        };

        Assert.Equal(422, status);
        Assert.Equal((1L, 1L), (await open.Count(Answers), await open.Count(Movements)));
    }

    [Fact]
    public async Task Who_has_lost_the_right_since_gets_a_403_and_no_replay()
    {
        await using var open = await OpenFactory.Start(server);
        using var person = await open.App.SignIn(await open.Factory.AddPerson("store"));
        var key = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.Created, (await person.Post(Receipts, open.Goods(5), key)).Status);

        await open.Database.Superuser("delete from identity.role_permission where permission = 'inventory.receive'");
        // Rights are remembered for a moment; what is changed past the program is seen within a quarter of a second.
        var again = await Eventually.Get(
            () => person.Post(Receipts, open.Goods(5), key),
            one => one.Status == HttpStatusCode.Forbidden,
            "the right is gone"
        );

        Assert.Equal("auth.forbidden", again.Code);
        Assert.False(again.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task The_same_key_of_another_client_or_tenant_is_another_key()
    {
        await using var open = await OpenFactory.Start(server);
        var other = await Factory.Make(open.Database.Dbs, "Other");
        using var colleague = await open.App.Authorize(await open.Factory.AddClient("second"));
        using var stranger = await open.App.Authorize(await other.AddClient("machine"));
        var key = Guid.CreateVersion7();

        Assert.Equal(HttpStatusCode.Created, (await open.Receive(5, key: key)).Status);
        foreach (var (caller, body) in ((ApiClient, object)[])[(colleague, open.Goods(6)), (stranger, Of(other))])
        {
            var answer = await caller.Post(Receipts, body, key);
            Assert.Equal(HttpStatusCode.Created, answer.Status);
            Assert.False(answer.Headers.Contains("Idempotency-Replayed"));
        }
        Assert.Equal((3L, 3L), (await open.Count(Answers), await open.Count(Movements)));

        object Of(Factory factory) => open.Goods(7, factory.Item, factory.Warehouse);
    }

    [Fact]
    public async Task An_answer_is_replayed_for_a_day_and_then_the_request_is_done_anew()
    {
        await using var open = await OpenFactory.Start(server);
        var key = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.Created, (await open.Receive(5, key: key)).Status);

        await open.Database.Superuser($"update {Answers} set created_at = now() - interval '23 hours 59 minutes'");
        Assert.True((await open.Receive(5, key: key)).Headers.Contains("Idempotency-Replayed"));
        await open.Database.Superuser($"update {Answers} set created_at = now() - interval '24 hours 1 second'");
        var anew = await open.Receive(6, key: key);

        Assert.Equal(HttpStatusCode.Created, anew.Status);
        Assert.Equal((1L, 2L), (await open.Count(Answers), await open.Count(Movements)));
        Assert.Equal(anew.Text, (await open.Receive(6, key: key)).Text);
    }

    [Fact]
    public async Task After_a_day_the_business_key_still_refuses_a_double()
    {
        await using var open = await OpenFactory.Start(server);
        var (key, item) = (
            Guid.CreateVersion7(),
            new
            {
                Code = "X-1",
                Name = "Axle",
                Kind = "raw",
                Unit = "pcs",
            }
        );
        Assert.Equal(HttpStatusCode.Created, (await open.Api.Post("/api/v1/items", item, key)).Status);

        await open.Database.Superuser($"update {Answers} set created_at = now() - interval '25 hours'");
        var again = await open.Api.Post("/api/v1/items", item, key);

        Assert.Equal((HttpStatusCode.Conflict, "item.code_taken"), (again.Status, again.Code));
        Assert.Equal(1, await open.Count("catalog.item where code = 'X-1'"));
    }

    private static async Task<int> SendAs(ApiClient caller, string path, object body, string type, Guid key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(
            body as string ?? System.Text.Json.JsonSerializer.Serialize(body, Millrace.Kernel.Wire.Options)
        );
        request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        request.Headers.Add("Idempotency-Key", key.ToString());
        // Too large is answered before the body is read; who goes on sending finds the connection closed instead of the answer.
        request.Headers.ExpectContinue = request.Content.Headers.ContentLength > 1024 * 1024;
        using var answer = await caller.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private static async Task<string> Raw(Uri url, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request.ReplaceLineEndings("\r\n")));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }
}
