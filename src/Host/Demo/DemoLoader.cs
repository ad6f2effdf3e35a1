using Millrace.Accounting;
using Millrace.Catalog;
using Millrace.Company;
using Millrace.Identity;
using Millrace.Inventory;
using Millrace.Kernel;
using Millrace.Work;
using Npgsql;

namespace Millrace.Host.Demo;

/// <summary>
/// Two companies in two tenants, the same on every machine, with dates relative to today; made with the program's own verbs.
/// </summary>
internal sealed class DemoLoader(IServiceProvider services, Action<string> progress)
{
    private readonly Dbs _dbs = services.GetRequiredService<Dbs>();
    private readonly Passwords _passwords = services.GetRequiredService<Passwords>();
    private readonly TimeProvider _clock = services.GetRequiredService<TimeProvider>();

    internal async Task Run()
    {
        await Load(PumpMaker.Company, PumpMaker.People, PumpMaker.Warehouses, PumpMaker.Items(), movements: 6000, seed: 153);
        await Load(OliveMill.Company, OliveMill.People, OliveMill.Warehouses, OliveMill.Items(), movements: 400, seed: 600);
    }

    /// <summary>The API clients of the demo, to be printed.</summary>
    internal async Task<IReadOnlyList<string>> Clients()
    {
        await using var command = services
            .GetRequiredService<Databases>()
            .Owner.CreateCommand("select tenant_id from company.tenant where name = $1 order by tenant_id limit 1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = PumpMaker.Company.Name });
        if (await command.ExecuteScalarAsync() is not int tenant)
            return [];
        await using var db = _dbs.Open(DbScope.ForTenant(tenant));
        return await CreateClient.Known(db);
    }

    private async Task Load(
        CreateCompany.Request company,
        IReadOnlyList<AddMember.Request> people,
        IReadOnlyList<(string Code, string Name)> warehouses,
        IReadOnlyList<DemoItem> items,
        int movements,
        uint seed
    )
    {
        await using (
            var known = services
                .GetRequiredService<Databases>()
                .Owner.CreateCommand("select 1 from company.tenant where name = $1")
        )
        {
            known.Parameters.Add(new NpgsqlParameter<string> { TypedValue = company.Name });
            if (await known.ExecuteScalarAsync() is not null)
                return;
        }
        progress($"loading the demo company {company.Name}");
        var tenant = await CreateTenant.Run(_dbs, company.Name);
        Guid companyId;
        var places = new List<Guid>();
        var catalog = new List<(DemoItem Item, Guid Id)>();
        await using (var db = _dbs.Open(DbScope.ForTenant(tenant)))
        {
            companyId = await CreateCompany.Run(db, company, _clock);
            await OpenBooks.Run(db, companyId);
            await AddPeople(db, people);
            foreach (var (code, name) in warehouses)
                places.Add((await Warehouses.Create(db, new Warehouses.Request(companyId, code, name))).Id);
            foreach (var item in items)
            {
                var made = await CreateItem.Run(db, new CreateItem.Request(item.Code, item.Name, item.Kind, item.Unit));
                await ChangeCost.Run(db, made.Id, companyId, item.Cost);
                if (item.Packed is { } unit)
                    await ItemUnits.Set(db, made.Id, unit.Code, new ItemUnits.Request(unit.Numerator, unit.Denominator));
                catalog.Add((item, made.Id));
            }
            if (company == PumpMaker.Company)
            {
                await DemoFields.Add(db, catalog, await DemoPartners.Add(db, companyId));
                await DemoDrawings.Add(db, catalog);
                await MakeVariants.Run(db, catalog.First(one => one.Item.Code == PumpMaker.Varied).Id, PumpMaker.Variants);
                foreach (var exchange in PumpMaker.Exchanged)
                    await Exchanges.SetUp(db, services.GetRequiredService<Secrets>(), exchange);
            }
            await db.Commit();
        }
        var today = CompanyClock.Today(company.TimeZone, _clock);
        var free = await new DemoMovements(_dbs, tenant, companyId, places, catalog, today, seed).Run(movements);
        if (company == PumpMaker.Company)
        {
            await new DemoLots(_dbs, tenant, companyId, raw: places[0], finished: places[3], today).Run();
            var known = catalog.ToDictionary(one => one.Item.Code, one => one.Id);
            await new DemoExpected(_dbs, tenant, companyId, places[0], known, today).Run();
            await new DemoWork(_dbs, services.GetRequiredService<ApprovalSubjects>(), tenant, companyId, today).Run(free);
        }
        await CloseMonths(tenant, companyId, today.AddDays(-60));
    }

    /// <summary>The months that were over by a day are closed, as they are where somebody keeps the books.</summary>
    private async Task CloseMonths(int tenant, Guid companyId, DateOnly by)
    {
        await using var db = _dbs.Open(DbScope.ForTenant(tenant, request: "demo"));
        // The calendar begins with the year before.
        for (var month = new DateOnly(by.Year - 1, 1, 1); month.AddMonths(1) <= by; month = month.AddMonths(1))
            await ClosePeriod.Run(db, companyId, FormattableString.Invariant($"{month:yyyy-MM}"), close: true);
        await db.Commit();
    }

    private async Task AddPeople(Db db, IReadOnlyList<AddMember.Request> people)
    {
        var all = services.GetServices<Permission>().Select(one => one.Name).ToList();
        await CreateRole.Run(db, "Administrator", all, everything: true);
        await CreateRole.Run(
            db,
            "Warehouse",
            [
                .. all.Where(name => name.StartsWith("inventory.", StringComparison.Ordinal)),
                CompanyPermissions.Read,
                CatalogPermissions.ReadItems,
                WorkPermissions.Use,
                WorkPermissions.Decide,
            ]
        );
        await CreateRole.Run(
            db,
            "Accounting",
            [
                .. all.Where(name =>
                    name.StartsWith("accounting.", StringComparison.Ordinal)
                    || name.StartsWith("company.", StringComparison.Ordinal)
                ),
                CatalogPermissions.ReadItems,
                CatalogPermissions.WriteCosts,
                InventoryPermissions.Read,
                WorkPermissions.Use,
                WorkPermissions.Decide,
            ]
        );
        foreach (var person in people)
            await AddMember.Run(db, _passwords, person);
        await CreateClient.Run(
            db,
            "Scanner gateway",
            [
                InventoryPermissions.Read,
                InventoryPermissions.Receive,
                InventoryPermissions.Issue,
                InventoryPermissions.Reserve,
                CatalogPermissions.ReadItems,
                CompanyPermissions.Read,
            ],
            SignIns.ClientSecret
        );
    }
}

/// <summary>An item of the demo with its cost and how many are usually moved at once.</summary>
internal sealed record DemoItem(
    string Code,
    string Name,
    string Kind,
    string Unit,
    decimal Cost,
    int Lot,
    ItemUnits.Unit? Packed = null
);
