using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Millrace.Tests;

/// <summary>Expects goods, promises them, receives them, and shows how it stands.</summary>
internal static class Expecting
{
    internal static DateOnly Soon => Factory.Today.AddDays(3);
    internal static DateOnly Later => Factory.Today.AddDays(10);

    internal static async Task<Guid> Expect(OpenFactory open, string source, decimal quantity, DateOnly due)
    {
        var made = await AskExpect(open, source, quantity, due);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return made.Json.GetProperty("id").GetGuid();
    }

    internal static Task<Answer> AskExpect(OpenFactory open, string source, decimal quantity, DateOnly due) =>
        open.Api.Post(
            "/api/v1/expected-supply",
            new
            {
                CompanyId = open.Factory.Company,
                ItemId = open.Factory.Item,
                WarehouseId = open.Factory.Warehouse,
                Source = source,
                Due = due,
                Quantity = quantity,
            }
        );

    internal static Task<Answer> Change(
        OpenFactory open,
        Guid supply,
        decimal quantity,
        DateOnly due,
        int version,
        bool closed = false,
        ApiClient? api = null
    ) =>
        (api ?? open.Api).Put(
            $"/api/v1/expected-supply/{supply}",
            new
            {
                Due = due,
                Quantity = quantity,
                Closed = closed,
            },
            version
        );

    internal static Task<Answer> Receive(
        OpenFactory open,
        Guid supply,
        decimal quantity,
        string? status = null,
        Guid? item = null,
        ApiClient? api = null
    )
    {
        var line = new
        {
            ItemId = item ?? open.Factory.Item,
            Quantity = quantity,
            Status = status,
            ExpectedId = supply,
        };
        return (api ?? open.Api).Post(
            "/api/v1/receipts",
            new
            {
                WarehouseId = open.Factory.Warehouse,
                Date = Factory.Today,
                Lines = new[] { line },
            }
        );
    }

    internal static Task<Answer> Reverse(OpenFactory open, Answer receipt) =>
        open.Api.Post(
            "/api/v1/reversals",
            new
            {
                CompanyId = open.Factory.Company,
                Document = receipt.Json.GetProperty("number").GetString(),
                Date = Factory.Today,
            }
        );

    internal static Task<Answer> Ask(
        OpenFactory open,
        string demand,
        decimal quantity,
        DateOnly day,
        int? priority = null,
        ApiClient? api = null
    )
    {
        var line = new
        {
            ItemId = open.Factory.Item,
            WarehouseId = open.Factory.Warehouse,
            Quantity = quantity,
        };
        return (api ?? open.Api).Post(
            "/api/v1/reservations",
            new
            {
                CompanyId = open.Factory.Company,
                Demand = demand,
                Priority = priority,
                NeededOn = day,
                Lines = new[] { line },
            }
        );
    }

    /// <summary>The state, what is held and what is still to come.</summary>
    internal static string Show(JsonElement reservation)
    {
        var line = reservation.GetProperty("lines")[0];
        var (held, expected) = (line.GetProperty("held").GetString(), line.GetProperty("expected").GetString());
        var state = reservation.GetProperty("state").GetString();
        return state == "released" ? "released 0+0" : $"{state} {held}+{expected}";
    }

    internal static string Show(Answer answer) => Show(answer.Json);

    internal static async Task<string> Reservations(OpenFactory open) =>
        string.Join(
            ", ",
            (await List(open, "reservations"))
                .OrderBy(one => one.GetProperty("demand").GetString(), StringComparer.Ordinal)
                .Select(one => $"{one.GetProperty("demand").GetString()}: {Show(one)}")
        );

    internal static async Task<IEnumerable<string?>> Ids(OpenFactory open) =>
        (await List(open, "reservations")).Select(one => one.GetProperty("id").GetString());

    internal static async Task<string?> Promised(OpenFactory open, Guid supply) =>
        (await One(open, supply)).GetProperty("promised").GetString();

    internal static async Task<(string?, string?)> ToCome(OpenFactory open, Guid supply)
    {
        var one = await One(open, supply);
        return (one.GetProperty("toCome").GetString(), one.GetProperty("arrived").GetString());
    }

    internal static async Task<JsonElement> One(OpenFactory open, Guid supply) =>
        (await List(open, "expected-supply")).Single(one => one.GetProperty("id").GetGuid() == supply);

    internal static async Task<IReadOnlyList<JsonElement>> List(OpenFactory open, string name)
    {
        var all = name == "expected-supply" ? "&filter=state:is:open%7Clate%7Carrived%7Cclosed" : "";
        var answer = await open.Api.Get($"/api/v1/{name}?companyId={open.Factory.Company}&limit=100{all}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return [.. answer.Json.GetProperty("items").EnumerateArray()];
    }

    internal static async Task<string> Available(OpenFactory open)
    {
        var answer = await open.Api.Get($"/api/v1/items/{open.Factory.Item}/available?companyId={open.Factory.Company}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return string.Join(
            ", ",
            answer
                .Json.GetProperty("days")
                .EnumerateArray()
                .Select(one => $"{Day(one)} {one.GetProperty("available").GetString()}")
        );
    }

    internal static string Day(JsonElement one)
    {
        var day = DateOnly.Parse(one.GetProperty("on").GetString()!, CultureInfo.InvariantCulture);
        return day == Factory.Today ? "today"
            : day == Soon ? "soon"
            : day == Later ? "later"
            : day.ToString("O", CultureInfo.InvariantCulture);
    }
}
