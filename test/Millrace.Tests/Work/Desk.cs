using System.Net;
using System.Text.Json;
using Millrace.Identity;
using Millrace.Inventory;
using Millrace.Work;

namespace Millrace.Tests;

/// <summary>A factory whose stock differences need approval; people who ask and decide, each with a role of their own.</summary>
public sealed class Desk : IAsyncDisposable
{
    private readonly Dictionary<string, ApiClient> _clients = [];
    private IReadOnlyList<MemberFacts.Person> _people = [];
    private IReadOnlyList<MemberFacts.Role> _roles = [];

    private Desk(OpenFactory open) => Open = open;

    public OpenFactory Open { get; }

    public Factory Factory => Open.Factory;

    /// <summary>People who may do everything but what rules forbid; 100 of the first item in stock, 10 each.</summary>
    public static async Task<Desk> Start(Server server, string people, bool work = false)
    {
        var desk = new Desk(await OpenFactory.Start(server, work));
        foreach (var name in people.Split(' '))
            desk._clients[name] = await desk.Open.App.SignIn(await desk.Factory.AddPerson(name));
        await using (var db = desk.Factory.Open())
            (desk._people, desk._roles) = (await MemberFacts.People(db), await MemberFacts.Roles(db));
        await desk.Open.Stock(100);
        return desk;
    }

    public ApiClient As(string name) => _clients[name];

    public Guid Person(string name) => _people.First(one => one.Name == name).Id;

    public Approver Role(string name) => new("role", _roles.First(one => one.Name == name).Id);

    public Approver Self(string name) => new("person", Person(name));

    /// <summary>A rule for differences worth so much, with these steps in order.</summary>
    public async Task<JsonElement> Rule(decimal from, params ApprovalStep[] steps)
    {
        var answer = await Open.Api.Post("/api/v1/approval-rules", RuleBody(from, steps));
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json;
    }

    public static object RuleBody(decimal from, params ApprovalStep[] steps) =>
        new
        {
            Name = $"from {from} by {steps.Length}",
            DocumentType = Adjustments.DocumentType,
            Rank = 10,
            Conditions = new[] { new ApprovalCondition("amount", from) },
            Steps = steps,
        };

    public static ApprovalStep Any(params Approver[] approvers) => new("any", approvers);

    public static ApprovalStep All(params Approver[] approvers) => new("all", approvers);

    /// <summary>The body of an adjustment of the first item.</summary>
    public object Body(decimal difference, string reason = "count", bool submit = true, DateOnly? date = null) =>
        new
        {
            CompanyId = Factory.Company,
            Date = date ?? Factory.Today,
            Submit = submit,
            Lines = new[]
            {
                new
                {
                    ItemId = Factory.Item,
                    WarehouseId = Factory.Warehouse,
                    Difference = difference,
                    Reason = reason,
                },
            },
        };

    public Task<Answer> Adjust(string name, decimal difference, string reason = "count", Guid? key = null) =>
        As(name).Post("/api/v1/stock-adjustments", Body(difference, reason), key);

    /// <summary>An adjustment that waits.</summary>
    public async Task<JsonElement> Waiting(string name, decimal difference = -20)
    {
        var answer = await Adjust(name, difference);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        Assert.Equal("waiting", State(answer.Json));
        return answer.Json;
    }

    public Task<Answer> Decide(string name, JsonElement adjustment, string decision = "approve", Guid? key = null) =>
        As(name)
            .Post(
                $"/api/v1/stock-adjustments/{IdOf(adjustment)}/approval",
                new
                {
                    ApprovalId = adjustment.GetProperty("approval").GetProperty("id").GetGuid(),
                    Decision = decision,
                    Comment = "seen",
                },
                key
            );

    public async Task<JsonElement> Show(JsonElement adjustment, string? name = null) =>
        (await (name is null ? Open.Api : As(name)).Get($"/api/v1/stock-adjustments/{IdOf(adjustment)}")).Json;

    public async Task<int> Inbox(string name) => (await As(name).Get("/api/v1/inbox")).Json.GetProperty("items").GetArrayLength();

    public Task<Answer> Delegate(string from, string to, int startsIn = 0, int endsIn = 0) =>
        As(from)
            .Post(
                "/api/v1/delegations",
                new
                {
                    CompanyId = Factory.Company,
                    DelegateId = Person(to),
                    Starts = Factory.Today.AddDays(startsIn),
                    Ends = Factory.Today.AddDays(endsIn),
                }
            );

    public Task<decimal> OnHand() =>
        Open.Database.Superuser<decimal>($"select on_hand from inventory.balance where item_id = '{Factory.Item}'");

    public static string State(JsonElement adjustment) => adjustment.GetProperty("state").GetString()!;

    public static string IdOf(JsonElement adjustment) => adjustment.GetProperty("id").GetString()!;

    public static string[] History(JsonElement adjustment) =>
        [
            .. adjustment
                .GetProperty("approval")
                .GetProperty("history")
                .EnumerateArray()
                .Select(one => $"{one.GetProperty("kind").GetString()} {one.GetProperty("actorName").GetString()}".TrimEnd()),
        ];

    /// <summary>The answer is a refusal with this code, and nothing of the stock has changed.</summary>
    public async Task Refuses(Answer answer, string code, HttpStatusCode status = HttpStatusCode.Conflict)
    {
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Equal(100m, await OnHand());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        await Open.DisposeAsync();
    }
}
