using System.Text.Json;
using Millrace.Catalog;

namespace Millrace.Tests;

public sealed class VariantTests(Server server)
{
    [Fact]
    public async Task Each_combination_is_an_item_with_the_units_and_costs_of_the_one_it_varies()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Api.Put($"/api/v1/items/{open.Factory.Item}/units/carton", new { numerator = 12, denominator = 1 });

        var made = await Make(open, ("Colour", ["kırmızı", "red"]), ("Size", ["M", "L"]));

        Assert.Equal(("200", "4 of 4"), (made.Said, Counted(made)));
        var code = (await Show(open, open.Factory.Item)).GetProperty("code").GetString();
        Assert.Equal(
            $"{code}-KIRMIZI-L, {code}-KIRMIZI-M, {code}-RED-L, {code}-RED-M",
            string.Join(", ", (await Variants(open)).Select(one => one.GetProperty("code").GetString()))
        );
        var red = (await Variants(open))[3];
        var shown = await Show(open, red.GetProperty("id").GetGuid());
        Assert.Equal("red · M", shown.GetProperty("variant").GetString());
        Assert.Equal(12, shown.GetProperty("units")[0].GetProperty("numerator").GetInt32());
        Assert.Equal(
            (await Show(open, open.Factory.Item)).GetProperty("costs")[0].GetProperty("unitCost").GetString(),
            shown.GetProperty("costs")[0].GetProperty("unitCost").GetString()
        );
        Assert.Equal("201", (await open.Receive(3, red.GetProperty("id").GetGuid())).Said);
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Asked_again_only_what_is_missing_is_made_even_by_many_at_once()
    {
        await using var open = await OpenFactory.Start(server);
        await Make(open, ("Size", ["M"]));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Make(open, ("Size", ["M", "L", "XL", "L"]))));

        Assert.All(answers, one => Assert.Equal("200", one.Said));
        Assert.Equal(["0 of 3", "0 of 3", "0 of 3", "0 of 3", "0 of 3", "2 of 3"], answers.Select(Counted).Order());
        Assert.Equal(3, (await Variants(open)).Count);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_and_nothing_is_made()
    {
        await using var open = await OpenFactory.Start(server);
        await Make(open, ("Size", ["M"]));
        var variant = (await Variants(open))[0].GetProperty("id").GetGuid();
        var code = (await Show(open, open.Factory.Item)).GetProperty("code").GetString();
        var many = Enumerable.Range(0, 50).Select(at => $"V{at}").ToArray();
        var other = open.Factory.Items[1];

        Answer[] answers =
        [
            await Make(open, ("Colour", ["red"])),
            await Make(open, ("Size", ["L"]), ("size", ["L"])),
            await MakeOf(open, variant, ("Size", ["L"])),
            await MakeOf(open, other, ("A", many), ("B", many)),
            await MakeOf(open, other, ("A", [new string('x', 30)]), ("B", [new string('y', 30)])),
            await MakeOf(open, Guid.CreateVersion7(), ("Size", ["L"])),
        ];

        Assert.Equal(
            "item.other_attributes input.invalid item.is_variant input.invalid input.invalid not_found",
            string.Join(' ', answers.Select(one => one.Said))
        );
        await using (var db = open.Factory.Open())
        {
            await CreateItem.Run(db, new CreateItem.Request($"{code}-L", "Another", ItemKind.Goods, "pcs"));
            await db.Commit();
        }
        Assert.Equal("item.code_taken", (await Make(open, ("Size", ["XL", "L"]))).Said);
        Assert.Single(await Variants(open));
    }

    private static Task<Answer> Make(OpenFactory open, params (string Name, string[] Values)[] attributes) =>
        MakeOf(open, open.Factory.Item, attributes);

    private static Task<Answer> MakeOf(OpenFactory open, Guid item, params (string Name, string[] Values)[] attributes) =>
        open.Api.Post(
            $"/api/v1/items/{item}/variants",
            new { Attributes = attributes.Select(one => new { one.Name, one.Values }) }
        );

    private static string Counted(Answer answer) => $"{answer.Json.GetProperty("made")} of {answer.Json.GetProperty("asked")}";

    private static async Task<JsonElement> Show(OpenFactory open, Guid item) =>
        (await open.Api.Get($"/api/v1/items/{item}")).Json;

    private static async Task<List<JsonElement>> Variants(OpenFactory open) =>
        [
            .. (await open.Api.Get($"/api/v1/items?filter=variantOf:is:{open.Factory.Item}&sort=code"))
                .Json.GetProperty("items")
                .EnumerateArray(),
        ];
}
