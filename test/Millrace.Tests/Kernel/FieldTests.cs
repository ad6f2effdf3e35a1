using System.Net;
using System.Text.Json;

namespace Millrace.Tests;

/// <summary>Fields that an organisation has of its own: defined, filled, found by, and kept from others.</summary>
public sealed class FieldTests(Server server)
{
    [Fact]
    public async Task A_field_is_defined_filled_shown_filtered_gathered_and_exported()
    {
        await using var open = await OpenFactory.Start(server);
        await Add(open, "colour", "choice", ["red", "blue"]);
        await Add(open, "weight", "number");
        await Add(open, "since", "date");
        await Add(open, "hot", "flag");
        await Add(open, "remark", "text");
        var (first, second) = (open.Factory.Items[0], open.Factory.Items[1]);

        var saved = await Fill(
            open.Api,
            first,
            0,
            new()
            {
                ["colour"] = "red",
                ["weight"] = "12.5",
                ["since"] = "2026-01-31",
                ["hot"] = "true",
                ["remark"] = " Sızdırmaz ",
            }
        );
        await Fill(open.Api, second, 0, new() { ["colour"] = "blue", ["weight"] = "3" });

        Assert.Equal((HttpStatusCode.OK, 1), (saved.Status, saved.Json.GetProperty("version").GetInt32()));
        Assert.Equal("Sızdırmaz", (await Values(open.Api, first)).GetProperty("remark").GetString());
        Assert.Equal("IT-001", await Codes(open, "filter=field.colour:is:red"));
        Assert.Equal("IT-001", await Codes(open, "filter=field.weight:above:3.00"));
        Assert.Equal("IT-001 IT-002", await Codes(open, "filter=field.weight:from:3&sort=code"));
        Assert.Equal("IT-001", await Codes(open, "filter=field.since:to:2026-02-01"));
        Assert.Equal("IT-002 IT-003", await Codes(open, "filter=field.hot:is:false&sort=code"));
        Assert.Equal("IT-001", await Codes(open, "filter=field.remark:has:sizdirmaz"));
        Assert.Equal("IT-003", await Codes(open, "within=field.colour:empty:"));
        Assert.Equal(
            "[[null],[\"blue\"],[\"red\"]]",
            JsonSerializer.Serialize(
                (await open.Api.Get("/api/v1/items/groups?by=field.colour"))
                    .Json.GetProperty("groups")
                    .EnumerateArray()
                    .Select(one => one.GetProperty("keys"))
                    .OrderBy(keys => keys[0].ToString(), StringComparer.Ordinal)
            )
        );
        var file = (
            await open.Api.Get("/api/v1/items/export?column=code&column=field.weight&column=field.colour&sort=code")
        ).Text;
        Assert.Equal("Code,weight,colour\r\nIT-001,12.5,red\r\nIT-002,3,blue\r\nIT-003,,\r\n", file.TrimStart('\uFEFF'));
        var shape = (await open.Api.Get("/api/v1/lists/items?language=tr")).Json.GetProperty("columns").EnumerateArray().ToList();
        Assert.Equal(
            "ağırlık",
            shape.Single(one => one.GetProperty("name").GetString() == "field.weight").GetProperty("title").GetString()
        );
    }

    [Fact]
    public async Task What_is_no_value_is_refused_field_by_field_and_nobody_overwrites_unseen()
    {
        await using var open = await OpenFactory.Start(server);
        await Add(open, "colour", "choice", ["red"]);
        await Add(open, "weight", "number");
        await Add(open, "since", "date");
        await Add(open, "hot", "flag");
        await Add(open, "remark", "text");
        var item = open.Factory.Item;

        var wrong = await Fill(
            open.Api,
            item,
            0,
            new()
            {
                ["colour"] = "green",
                ["weight"] = "1.2345678",
                ["since"] = "yesterday",
                ["hot"] = "perhaps",
                ["remark"] = new string('x', 201),
                ["nothing"] = "1",
            }
        );
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal(6, wrong.Json.GetProperty("errors").EnumerateObject().Count());

        Assert.Equal(HttpStatusCode.OK, (await Fill(open.Api, item, 0, new() { ["weight"] = "1" })).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Fill(open.Api, item, 0, new() { ["weight"] = "2" })).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Fill(open.Api, item, 7, new() { ["weight"] = "2" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await Fill(open.Api, item, 1, new() { ["weight"] = "2" })).Status);
        Assert.Equal("2", (await Values(open.Api, item)).GetProperty("weight").GetString());
    }

    [Fact]
    public async Task A_retired_field_is_asked_for_no_longer_and_what_it_said_stays()
    {
        await using var open = await OpenFactory.Start(server);
        var colour = await Add(open, "colour", "text");
        await Add(open, "remark", "text");
        var item = open.Factory.Item;
        await Fill(open.Api, item, 0, new() { ["colour"] = "red" });

        await open.Api.Post($"/api/v1/fields/{colour}/retirement");
        Assert.Equal(HttpStatusCode.BadRequest, (await open.Api.Get("/api/v1/items?filter=field.colour:is:red")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Fill(open.Api, item, 1, new() { ["colour"] = "blue" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await Fill(open.Api, item, 1, new() { ["remark"] = "r" })).Status);
        await open.Api.Post($"/api/v1/fields/{colour}/restoration");

        Assert.Equal("IT-001", await Codes(open, "filter=field.colour:is:red"));
        Assert.Equal("field.name_taken", (await Define(open.Api, "colour", "text")).Code);
    }

    [Fact]
    public async Task Others_see_and_change_nothing_of_it()
    {
        await using var open = await OpenFactory.Start(server);
        await Add(open, "colour", "text");
        var item = open.Factory.Item;
        await Fill(open.Api, item, 0, new() { ["colour"] = "red" });
        var others = await Factory.Make(open.Database.Dbs);
        using var spy = await open.App.Authorize(await others.AddClient("spy"));
        using var reader = await open.App.Authorize(await open.Factory.AddClient("reader", ["catalog.item.read"]));
        using var stranger = await open.App.Authorize(await open.Factory.AddClient("stranger", ["company.read"]));

        Assert.Equal("""{"items":[],"next":null}""", (await spy.Get("/api/v1/fields?documentType=item")).Text);
        Assert.Equal("""{"items":[],"next":null}""", (await spy.Get($"/api/v1/field-values?documentType=item&id={item}")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await Fill(spy, item, 0, [])).Status);
        Assert.Equal("red", (await Values(reader, item)).GetProperty("colour").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await Fill(reader, item, 1, [])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Define(reader, "other", "text")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Get("/api/v1/fields?documentType=item")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Get($"/api/v1/field-values?documentType=item&id={item}")).Status);
    }

    [Fact]
    public async Task A_file_fills_fields_beside_the_others_and_undo_gives_back_what_they_said()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await Add(open, "colour", "choice", ["red", "blue"]);
        await Add(open, "weight", "number");
        await Add(open, "remark", "text");
        await Fill(open.Api, open.Factory.Items[0], 0, new() { ["colour"] = "red", ["remark"] = "stays" });

        var faulty = await Importing.Send(open, "faulty.csv", $"code,weight,remark\nIT-001,heavy,{new string('x', 201)}\n");
        await Importing.Step(open, faulty, "check", "checked");
        Assert.Equal(["2 field.remark rule", "2 field.weight number"], await Importing.Faults(open, faulty));

        var some = await Importing.Whole(open, "some.csv", "code,colour,weight\nIT-001,blue,1.5\nIT-002,,\n");
        Assert.Equal("0 created, 1 updated, 1 unchanged, 0 faulty", Importing.Figures(some));
        Assert.Equal(
            """{"colour":"blue","remark":"stays","weight":"1.5"}""",
            (await Values(open.Api, open.Factory.Items[0])).ToString()
        );
        var made = await Importing.Whole(open, "made.csv", "code,name,kind,unit,weight\nNEW-1,New,raw,pcs,2\n");
        Assert.Equal("NEW-1", await Codes(open, "filter=field.weight:is:2"));

        await Importing.Step(open, made, "undo", "undone");
        Assert.Equal(1, await open.Count("kernel.field_value"));
        await Importing.Step(open, some, "undo", "undone");
        Assert.Equal("""{"colour":"red","remark":"stays"}""", (await Values(open.Api, open.Factory.Items[0])).ToString());

        var again = await Importing.Whole(open, "again.csv", "code,colour\nIT-001,blue\n");
        await Fill(open.Api, open.Factory.Items[0], 4, new() { ["colour"] = "red" });
        await Importing.Step(open, again, "undo", "done");
        Assert.Equal("red", (await Values(open.Api, open.Factory.Items[0])).GetProperty("colour").GetString());
        var template = (await open.Api.Get("/api/v1/import-kinds/items/template?format=csv&language=tr")).Text;
        Assert.Contains("ağırlık", template, StringComparison.Ordinal);
    }

    private static Task<Answer> Define(ApiClient client, string name, string kind, string[]? choices = null) =>
        client.Post(
            "/api/v1/fields",
            new
            {
                DocumentType = "item",
                Name = name,
                TitleEn = name,
                TitleTr = name == "weight" ? "ağırlık" : name,
                Kind = kind,
                Choices = choices ?? [],
            }
        );

    private static async Task<string> Add(OpenFactory open, string name, string kind, string[]? choices = null)
    {
        var made = await Define(open.Api, name, kind, choices);
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        return made.Json.GetProperty("id").GetString()!;
    }

    private static Task<Answer> Fill(ApiClient client, Guid item, int version, Dictionary<string, string> values) =>
        client.Send(
            HttpMethod.Put,
            "/api/v1/field-values",
            new
            {
                DocumentType = "item",
                DocumentId = item,
                Values = values,
            },
            null,
            $"\"{version}\""
        );

    private static async Task<JsonElement> Values(ApiClient client, Guid item) =>
        (await client.Get($"/api/v1/field-values?documentType=item&id={item}"))
            .Json.GetProperty("items")[0]
            .GetProperty("values");

    private static async Task<string> Codes(OpenFactory open, string query) =>
        string.Join(
            ' ',
            (await open.Api.Get($"/api/v1/items?{query}"))
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(one => one.GetProperty("code").GetString())
        );
}
