using System.Net;
using System.Text.Json;

namespace Millrace.Tests;

/// <summary>What waits, what is late, what changed: for whom, and for whom not.</summary>
public sealed class StartTests(Server server)
{
    [Fact]
    public async Task It_says_what_waits_for_oneself_what_is_late_and_what_changed()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        var name = await open.Factory.AddPerson("ada");
        using var ada = await open.App.SignIn(name);
        var me = (await ada.Get("/api/v1/session")).Json.GetProperty("user").GetProperty("id").GetString();
        await open.Receive(5);
        Assert.Equal(HttpStatusCode.Created, (await ada.Post("/api/v1/stock-adjustments", open.Difference(1))).Status);
        foreach (var day in new[] { Factory.Today.AddDays(-2), Factory.Today, Factory.Today.AddDays(1) })
            await ada.Post(
                "/api/v1/tasks",
                new
                {
                    Title = $"Due {day:yyyy-MM-dd}",
                    DueOn = day,
                    AssigneeId = me,
                }
            );

        var cards = await Cards(ada, open, "en");

        Assert.Equal(("mine", 2, false), Figure(cards["tasks"]));
        Assert.Equal(("late", 1, false), Figure(cards["lateTasks"]));
        Assert.Equal(("mine", 1, false), Figure(cards["draftAdjustments"]));
        Assert.Equal("stock_adjustment", cards["draftAdjustments"].GetProperty("rows")[0].GetProperty("type").GetString());
        Assert.Equal(("changed", 1, false), Figure(cards["movements"]));
        Assert.Equal(("changed", 3, false), Figure(cards["newItems"]));
        Assert.Equal(12 + Factory.Today.Month - 1, cards["periods"].GetProperty("count").GetInt32());
        Assert.Equal("Your tasks", cards["tasks"].GetProperty("title").GetString());
        Assert.Equal("Görevleriniz", (await Cards(ada, open, "tr"))["tasks"].GetProperty("title").GetString());

        using var bob = await open.App.SignIn(await open.Factory.AddPerson("bob", ["work.use", "inventory.adjust"]));
        var others = await Cards(bob, open, "en");
        Assert.Equal(["draftAdjustments", "lateTasks", "tasks"], others.Keys.Order(StringComparer.Ordinal));
        Assert.All(others.Values, card => Assert.Equal(0, card.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task Many_are_counted_to_a_hundred_and_five_are_shown()
    {
        await using var open = await OpenFactory.Start(server);
        using var ada = await open.App.SignIn(await open.Factory.AddPerson("ada"));
        var me = (await ada.Get("/api/v1/session")).Json.GetProperty("user").GetProperty("id").GetString();
        await open.Database.Superuser(
            $"""
            insert into work.task (tenant_id, task_id, title, note, assignee_id, customer, created_by)
            select {open.Factory.Tenant}, gen_random_uuid(), 'Task ' || n, '', '{me}', '', '{me}' from generate_series(1, 150) n
            """
        );

        var tasks = (await Cards(ada, open, "en"))["tasks"];

        Assert.Equal(("mine", 100, true), Figure(tasks));
        Assert.Equal(5, tasks.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task Another_tenants_company_has_no_start_page()
    {
        await using var open = await OpenFactory.Start(server);
        var others = await Factory.Make(open.Database.Dbs);
        using var spy = await open.App.Authorize(await others.AddClient("spy"));

        var answer = await spy.Get($"/api/v1/start?companyId={open.Factory.Company}");
        var unknown = await spy.Get($"/api/v1/start?companyId={Guid.Empty}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (answer.Status, unknown.Status));
    }

    private static async Task<Dictionary<string, JsonElement>> Cards(ApiClient client, OpenFactory open, string language)
    {
        var answer = await client.Get($"/api/v1/start?companyId={open.Factory.Company}&language={language}");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json.EnumerateArray().ToDictionary(card => card.GetProperty("name").GetString()!);
    }

    private static (string?, int, bool) Figure(JsonElement card) =>
        (card.GetProperty("question").GetString(), card.GetProperty("count").GetInt32(), card.GetProperty("more").GetBoolean());
}
