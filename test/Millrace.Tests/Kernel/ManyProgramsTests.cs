namespace Millrace.Tests;

/// <summary>Several processes on one log, one of them killed on the way: everything is posted exactly once.</summary>
public sealed class ManyProgramsTests(Server server)
{
    private const double Lease = 1;

    [Fact]
    public async Task Three_programs_post_every_receipt_of_four_tenants_once_although_one_of_them_is_killed()
    {
        const int receipts = 40;
        await using var database = await server.NewDatabase();
        var factories = new List<Factory>();
        for (var at = 0; at < 4; at++) // tenants are numbered, so these are in four lanes
            factories.Add(await Factory.Make(database.Dbs, $"Factory {at}", items: 1));
        Assert.Equal(4, factories.Select(one => one.Tenant % 4).Distinct().Count());
        var programs = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => ProgramProcess.Serve(database.ConnectionString, Lease))
        );
        try
        {
            await Task.WhenAll(factories.Select(one => Receive(one, receipts)));
            await programs[0].KillHard();
            await Task.WhenAll(factories.Select(one => Receive(one, receipts)));
            await Eventually.Get(
                () =>
                    database.Superuser<string>(
                        """
                        select (select count(*) from accounting.voucher) || ' ' || coalesce(
                            (select string_agg(consumer || ' parked ' || pos || ': ' || error, '; ') from kernel.parked), '')
                        """
                    ),
                vouchers => vouchers == $"{factories.Count * 2 * receipts} ",
                "every receipt has its voucher",
                25
            );
        }
        finally
        {
            foreach (var program in programs)
                await program.DisposeAsync();
        }
        Assert.Equal(
            Enumerable.Repeat(2L * receipts, 4),
            await database.Superuser<long[]>(
                "select array_agg(n) from (select count(*) as n from accounting.voucher group by tenant_id) v"
            )
        );
        Assert.Equal(0L, await database.Superuser<long>("select count(*) from kernel.parked"));
        await database.AssertVerified();
    }

    private static async Task Receive(Factory factory, int count)
    {
        for (var at = 0; at < count; at++)
            await factory.Receive(factory.Item, 1);
    }
}
