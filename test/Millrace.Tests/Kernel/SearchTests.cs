using Millrace.Catalog;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>The one search over items, partners and documents, and how lists use it.</summary>
public sealed class SearchTests(Server server)
{
    [Fact]
    public async Task What_is_written_changed_and_retired_is_found_by_its_words_at_once()
    {
        await using var open = await OpenFactory.Start(server);
        var item = await NewItem(open, "ŞFT-77", "Paslanmaz Mil İğnesi");
        await open.Api.Post("/api/v1/partners", Partner("C-1", "Müller Wellen GmbH"));

        Assert.Equal("item ŞFT-77", await Search(open.Api, "sft"));
        Assert.Equal("item ŞFT-77", await Search(open.Api, "ignesi paslan"));
        Assert.Equal("item ŞFT-77", await Search(open.Api, "mi pa")); // two letters begin a word
        Assert.Equal("", await Search(open.Api, "il pas"));
        Assert.Equal("", await Search(open.Api, "%"));
        Assert.Equal("", await Search(open.Api, "s_t"));
        Assert.Equal("partner C-1", await Search(open.Api, "MULLER"));

        var renamed = await open.Api.Put(
            $"/api/v1/items/{item}",
            new
            {
                Name = "Burç",
                Kind = "raw",
                Unit = "pcs",
            },
            1
        );
        Assert.True(renamed.Status is System.Net.HttpStatusCode.OK, renamed.Text);
        Assert.Equal("", await Search(open.Api, "paslanmaz"));
        Assert.Equal("item ŞFT-77", await Search(open.Api, "burc"));

        await NewItem(open, "ZZ-1", "Burç, uzun");
        await open.Api.Post($"/api/v1/items/{item}/retirement", new { });
        Assert.Equal("item ZZ-1,item ŞFT-77", await Search(open.Api, "burc"));
        Assert.Equal(["ZZ-1"], await ListCodes(open.Api, "burc"));
        Assert.Equal(400, (int)(await open.Api.Get("/api/v1/search?text=")).Status);
    }

    [Fact]
    public async Task Nobody_finds_what_is_of_another_tenant_of_another_company_or_not_for_them()
    {
        await using var open = await OpenFactory.Start(server);
        await NewItem(open, "OWN-1", "Secretpump");
        await open.Api.Post("/api/v1/partners", Partner("C-9", "Secretpump Ltd"));
        var others = await Factory.Make(open.Database.Dbs);
        var theirs = await open.App.Authorize(await others.AddClient("spy"));
        var partnersOnly = await open.App.Authorize(
            await open.Factory.AddClient("sales", permissions: [CatalogPermissions.ReadPartners])
        );
        var adjustment = (
            await open.Api.Post(
                "/api/v1/stock-adjustments",
                new
                {
                    CompanyId = open.Factory.Company,
                    Date = Factory.Today,
                    Note = "Secretpump counted",
                    Lines = new[]
                    {
                        new
                        {
                            ItemId = open.Factory.Item,
                            WarehouseId = open.Factory.Warehouse,
                            Difference = 1m,
                            Reason = "found",
                        },
                    },
                }
            )
        ).Json;

        var number = adjustment.GetProperty("number").GetString();
        Assert.Equal("", await Search(theirs, "secretpump"));
        Assert.Equal("partner C-9", await Search(partnersOnly, "secretpump"));
        var all = $"item OWN-1,partner C-9,stock_adjustment {number}";
        Assert.Equal(all, await Search(open.Api, "secretpump"));
        Assert.Equal(all, await Search(open.Api, "secretpump", open.Factory.Company));
        Assert.Equal("item OWN-1,partner C-9", await Search(open.Api, "secretpump", others.Company));
    }

    [Fact, Case("T6")]
    public async Task Few_among_many_are_found_by_the_index_and_many_by_walking()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Database.Superuser(
            $"""
            insert into catalog.item (tenant_id, item_id, code, name, kind, unit)
            select tenant, gen_random_uuid(), 'P-' || n, case when n = 777 then 'Kreuzgelenk' else 'Part ' || n end, 'raw', 'pcs'
            from generate_series(1, 20000) n, unnest(array[{open.Factory.Tenant}, {open.Factory.Tenant + 7}]) tenant
            """
        );
        await open.Database.Superuser("analyze kernel.search_entry");
        await using var db = open.Factory.Open();

        var one = await db.Find<int>($"select cardinality(kernel.found('item', {Words("uzgel")}, 2000))");
        var scans = await db.Find<long>($"select pg_stat_get_xact_numscans('kernel.search_entry_words'::regclass)");
        Assert.Equal(1, one);
        Assert.True(scans > 0, "the index of trigrams was not used");
        Assert.Null(await db.Find<Guid[]>($"select kernel.found('item', {Words("part")}, 2000)"));
        Assert.Equal(["P-777"], await ListCodes(open.Api, "kreuzgel"));
        Assert.Equal(["P-1", "P-10", "P-100"], (await ListCodes(open.Api, "part")).Take(3));
    }

    private static object Partner(string code, string name) =>
        new
        {
            code,
            Partner = new
            {
                name,
                Customer = true,
                Supplier = false,
                Country = "DE",
            },
        };

    private static string[] Words(string word) => [word];

    private static async Task<string> NewItem(OpenFactory open, string code, string name) => (
            await open.Api.Post(
                "/api/v1/items",
                new
                {
                    code,
                    name,
                    Kind = "raw",
                    Unit = "pcs",
                }
            )
        ).Json.GetProperty("id").GetString()!;

    private static async Task<string> Search(ApiClient client, string text, Guid? company = null) =>
        string.Join(
            ',',
            (await client.Get($"/api/v1/search?text={Uri.EscapeDataString(text)}{(company is { } id ? $"&companyId={id}" : "")}"))
                .Json.EnumerateArray()
                .Select(one => $"{one.GetProperty("type").GetString()} {one.GetProperty("code").GetString()}")
        );

    private static async Task<string[]> ListCodes(ApiClient client, string search) =>
        [
            .. (await client.Get($"/api/v1/items?search={search}"))
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(one => one.GetProperty("code").GetString()!),
        ];
}
