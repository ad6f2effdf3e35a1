using System.Net;

namespace Millrace.Tests;

/// <summary>Validation is generated per assembly: a module that forgets to ask for it would take anything.</summary>
public sealed class ValidationTests(Server server)
{
    [Theory]
    [InlineData("Catalog", "POST", "items", """{"code":"","name":"x","kind":"gold","unit":"pcs"}""", "code kind")]
    [InlineData("Inventory", "POST", "warehouses", """{"companyId":"{company}","code":" ","name":""}""", "code name")]
    [InlineData(
        "Accounting",
        "PUT",
        "companies/{company}/posting-rules/{rule}",
        """{"debitAccount":"","creditAccount":""}""",
        "creditAccount debitAccount"
    )]
    [InlineData("Company", "POST", "sites", """{"companyId":"{company}","code":"","name":""}""", "code name")]
    [InlineData("Work", "POST", "task-labels", """{"kind":"colour","name":" "}""", "kind name")]
    [InlineData("Identity", "POST", "session", """{"email":"","password":""}""", "email password")]
    public async Task A_module_refuses_an_invalid_body_naming_every_field(
        string module,
        string method,
        string path,
        string body,
        string fields
    )
    {
        await using var database = await server.NewDatabase();
        var sample = await Sample.Make(database, module);
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.Authorize(await sample.Factory.AddClient("machine"));

        var answer = await new Call(HttpMethod.Parse(method), $"/api/v1/{path}", body).Filled(sample.Value).Send(client);

        Assert.Equal((HttpStatusCode.BadRequest, "input.invalid"), (answer.Status, answer.Code));
        Assert.Equal(fields, Fields(answer));
    }

    [Fact]
    public async Task Every_error_of_a_body_is_told_at_once_by_its_path()
    {
        await using var database = await server.NewDatabase();
        var sample = await Sample.Make(database, "All");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.Authorize(await sample.Factory.AddClient("machine"));

        var answer = await client.Post(
            "/api/v1/receipts",
            new
            {
                warehouseId = sample.Ids["warehouse"],
                date = Factory.Today,
                reference = new string('x', 101),
                lines = new object[]
                {
                    new { itemId = sample.Ids["item"], quantity = "-5" },
                    new { itemId = sample.Ids["item"], quantity = "5" },
                    new
                    {
                        itemId = sample.Ids["item"],
                        quantity = "1.1234567",
                        bin = "",
                        lot = "a\u0007",
                    },
                },
            }
        );

        Assert.Equal((HttpStatusCode.BadRequest, "input.invalid"), (answer.Status, answer.Code));
        Assert.Equal("lines[0].quantity lines[2].bin lines[2].lot lines[2].quantity reference", Fields(answer));
    }

    [Fact]
    public async Task Every_field_that_is_missing_is_told_at_once()
    {
        await using var database = await server.NewDatabase();
        var sample = await Sample.Make(database, "All");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.Authorize(await sample.Factory.AddClient("machine"));

        var answer = await client.Post("/api/v1/receipts", "{}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("date lines warehouseId", Fields(answer));
    }

    [Fact]
    public async Task A_date_in_a_closed_period_or_outside_the_calendar_is_refused_and_nothing_is_written()
    {
        await using var database = await server.NewDatabase();
        var sample = await Sample.Make(database, "All");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.Authorize(await sample.Factory.AddClient("machine"));
        var month = $"{Factory.Today.Year}-01";
        var closed = await client.Post($"/api/v1/companies/{sample.Ids["company"]}/periods/{month}/closing");
        Assert.Equal(HttpStatusCode.OK, closed.Status);
        var before = await database.Contents();

        foreach (var document in Call.All.Where(one => one.Path is "/api/v1/receipts" or "/api/v1/issues"))
        foreach (
            var (date, code) in ((string, string)[])
                [
                    ($"{month}-31", "company.period_closed"),
                    ("1999-12-31", "company.no_period"),
                    ("2199-01-01", "company.no_period"),
                ]
        )
        {
            var answer = await document.Filled(name => name == "today" ? date : sample.Value(name)).Send(client);
            Assert.Equal((document.Path, HttpStatusCode.Conflict, code), (document.Path, answer.Status, answer.Code));
            Assert.Equal(date[..7], answer.Json.GetProperty("facts").GetProperty("period").GetString());
        }
        Assert.Equal(before, await database.Contents());
    }

    private static string Fields(Answer answer) =>
        string.Join(
            ' ',
            answer.Json.GetProperty("errors").EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal)
        );
}
