using System.Net;
using System.Text.Json;

namespace Millrace.Tests;

public sealed class TaskTests(Server server)
{
    [Fact]
    public async Task A_task_is_created_found_by_what_it_carries_changed_done_and_taken_up_again()
    {
        await using var desk = await Desk.Start(server, "clerk boss");
        var tag = await Label(desk, "tag", "urgent");
        var project = await Label(desk, "project", "Roof");
        var document = await desk.Adjust("clerk", -1);
        object body = new
        {
            Title = "Call the insurer",
            Note = "First\nsecond line",
            DueOn = Factory.Today,
            AssigneeId = desk.Person("boss"),
            ProjectId = project,
            TagIds = new[] { tag },
            Customer = "Ege Sulama",
            DocumentType = "stock_adjustment",
            DocumentId = Desk.IdOf(document.Json),
        };
        var made = await desk.As("clerk").Post("/api/v1/tasks", body);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var path = $"/api/v1/tasks/{Desk.IdOf(made.Json)}";

        foreach (
            var query in (string[])["filter=tags:has:urgent", $"filter=projectId:is:{project}", "search=sulama", "search=INSURER"]
        )
            Assert.Equal(1, await Count(desk, "clerk", query));
        var about = $"filter=documentType:is:stock_adjustment&filter=documentId:is:{Desk.IdOf(document.Json)}";
        var other = $"filter=documentType:is:voucher&filter=documentId:is:{Desk.IdOf(document.Json)}";
        Assert.Equal((1, 0), (await Count(desk, "clerk", about), await Count(desk, "clerk", other)));
        const string mine = "filter=mine:is:true";
        Assert.Equal((1, 0), (await Count(desk, "boss", mine), await Count(desk, "clerk", mine)));
        Assert.Equal(document.Json.GetProperty("number").GetString(), made.Json.GetProperty("documentTitle").GetString());

        Assert.Equal(HttpStatusCode.OK, (await desk.As("boss").Put(path, new { Title = "Write to the insurer" }, 1)).Status);
        Assert.Equal(412, (int)(await desk.As("clerk").Put(path, new { Title = "Late" }, 1)).Status);
        Assert.Equal(0, await Count(desk, "clerk", "filter=tags:has:urgent"));

        await desk.As("boss").Post($"{path}/completion");
        Assert.Equal((0, 1), (await Count(desk, "clerk", ""), await Count(desk, "clerk", "filter=state:is:done")));
        await desk.As("boss").Post($"{path}/reopening");
        Assert.Equal(1, await Count(desk, "clerk", ""));

        Assert.Equal(204, (int)(await desk.As("clerk").Send(HttpMethod.Delete, path, null, null)).Status);
        Assert.Equal(404, (int)(await desk.As("clerk").Get(path)).Status);
        Assert.Equal(1, await desk.Open.Count("kernel.audit where entity = 'work.task' and change = 'delete'"));
    }

    [Fact]
    public async Task What_is_due_first_comes_first_and_pages_leave_nothing_out()
    {
        await using var desk = await Desk.Start(server, "clerk");
        foreach (var days in (int?[])[3, null, 1, 2, null])
            await desk.As("clerk")
                .Post(
                    "/api/v1/tasks",
                    new { Title = $"in {days}", DueOn = days is { } some ? Factory.Today.AddDays(some) : (DateOnly?)null }
                );

        var titles = new List<string>();
        var next = "";
        do
        {
            var page = (await desk.As("clerk").Get($"/api/v1/tasks?limit=2{next}")).Json;
            titles.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("title").GetString()!));
            next = page.GetProperty("next") is { ValueKind: JsonValueKind.String } cursor
                ? $"&after={Uri.EscapeDataString(cursor.GetString()!)}"
                : "";
        } while (next.Length > 0);

        Assert.Equal(["in 1", "in 2", "in 3", "in ", "in "], titles);
    }

    [Fact]
    public async Task A_name_is_given_once_per_kind_and_again_after_its_owner_is_retired()
    {
        await using var desk = await Desk.Start(server, "clerk");
        var first = await Label(desk, "tag", "urgent");
        await Label(desk, "project", "urgent");

        var twin = await desk.As("clerk").Post("/api/v1/task-labels", new { Kind = "tag", Name = "urgent" });
        Assert.Equal((HttpStatusCode.Conflict, "label.name_taken"), (twin.Status, twin.Code));
        await desk.As("clerk").Post($"/api/v1/task-labels/{first}/retirement");
        await Label(desk, "tag", "urgent");
    }

    [Fact]
    public async Task A_label_of_another_kind_is_none()
    {
        await using var desk = await Desk.Start(server, "clerk");
        var tag = await Label(desk, "tag", "urgent");

        var made = await desk.As("clerk").Post("/api/v1/tasks", new { Title = "T", ProjectId = tag });

        Assert.Equal(HttpStatusCode.NotFound, made.Status);
        Assert.Equal(0, await desk.Open.Count("work.task"));
    }

    private static async Task<Guid> Label(Desk desk, string kind, string name)
    {
        var made = await desk.As("clerk").Post("/api/v1/task-labels", new { Kind = kind, Name = name });
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        return made.Json.GetProperty("id").GetGuid();
    }

    private static async Task<int> Count(Desk desk, string name, string query) =>
        (await desk.As(name).Get($"/api/v1/tasks?{query}")).Json.GetProperty("items").GetArrayLength();
}
