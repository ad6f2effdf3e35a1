namespace Millrace.Tests;

[Collection(nameof(Browsing))]
public sealed class DemoTests(DemoSite site)
{
    [Fact]
    public async Task The_pump_maker_is_believable_and_ties_out()
    {
        const string ofPumpMaker = "where tenant_id = (select tenant_id from company.tenant where name like 'Anadolu%')";
        Assert.InRange(await site.Database.Superuser<long>($"select count(*) from catalog.item {ofPumpMaker}"), 100, 1000);
        Assert.Equal(5, await site.Database.Superuser<long>($"select count(*) from inventory.warehouse {ofPumpMaker}"));
        Assert.InRange(await site.Database.Superuser<long>($"select count(*) from inventory.movement {ofPumpMaker}"), 6000, 7000);
        Assert.InRange(
            await site.Database.Superuser<int>($"select max(date) - min(date) from inventory.movement {ofPumpMaker}"),
            175,
            185
        );
        await EveryInvariant.Holds(site.Database.ConnectionString);
    }
}
