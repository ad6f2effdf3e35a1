using Microsoft.Extensions.DependencyInjection;
using Millrace.Accounting;
using Millrace.Catalog;
using Millrace.Company;
using Millrace.Host;
using Millrace.Identity;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>
/// A small factory to test with: a tenant, a company with books, two warehouses and a few items that have a cost.
/// </summary>
public sealed record Factory(Dbs Dbs, int Tenant, Guid Company, IReadOnlyList<Guid> Warehouses, IReadOnlyList<Guid> Items)
{
    public const string Password = "correct horse";

    /// <summary>Where the company is; a run of all tests may go on into the next day.</summary>
    public static DateOnly Today => CompanyClock.Today("Europe/Istanbul", TimeProvider.System);

    public static IReadOnlyList<string> AllPermissions { get; } = ReadPermissions();

    public Guid Warehouse => Warehouses[0];

    public Guid Item => Items[0];

    public static async Task<Factory> Make(Dbs dbs, string name = "Factory", int items = 3)
    {
        var tenant = await CreateTenant.Run(dbs, name);
        await using var db = dbs.Open(DbScope.ForTenant(tenant));
        var company = await CreateCompany.Run(
            db,
            new CreateCompany.Request("C1", $"{name} Ltd", "TR", "TRY", 2, "Europe/Istanbul"),
            TimeProvider.System
        );
        await OpenBooks.Run(db, company);
        var warehouses = new List<Guid>();
        foreach (var code in (string[])["W1", "W2"])
            warehouses.Add((await Inventory.Warehouses.Create(db, new Warehouses.Request(company, code, $"{name} {code}"))).Id);
        var made = new List<Guid>();
        for (var at = 1; at <= items; at++)
        {
            var item = await CreateItem.Run(db, new CreateItem.Request($"IT-{at:000}", $"{name} item {at}", ItemKind.Raw, "pcs"));
            await ChangeCost.Run(db, item.Id, company, 10m * at);
            made.Add(item.Id);
        }
        await db.Commit();
        return new Factory(dbs, tenant, company, warehouses, made);
    }

    public Db Open() => Dbs.Open(DbScope.ForTenant(Tenant));

    /// <summary>Receives and commits.</summary>
    public async Task Receive(Guid item, decimal quantity, Guid? warehouse = null)
    {
        await using var db = Open();
        var request = new ReceiveStock.Request(warehouse ?? Warehouse, Today, [new MoveStock.Line(item, quantity)]);
        _ = (await ReceiveStock.Run(db, [request]))[0].Result;
        await db.Commit();
    }

    /// <summary>A person with these permissions; all of them when none are named.</summary>
    public async Task<string> AddPerson(string name, IReadOnlyList<string>? permissions = null)
    {
        await using var db = Open();
        // A sample has some people already.
        if ((await MemberFacts.Roles(db)).All(role => role.Name != name))
            await CreateRole.Run(db, name, permissions ?? AllPermissions);
        if ((await MemberFacts.People(db)).All(person => person.Name != name))
            await AddMember.Run(db, new Passwords(), new AddMember.Request($"{name}@t{Tenant}.example", name, Password, name));
        await db.Commit();
        return $"{name}@t{Tenant}.example";
    }

    /// <summary>An API client with these permissions; all of them when none are named.</summary>
    public async Task<CreateClient.Result> AddClient(string name, IReadOnlyList<string>? permissions = null)
    {
        await using var db = Open();
        var client = await CreateClient.Run(db, name, permissions ?? AllPermissions);
        await db.Commit();
        return client;
    }

    private static List<string> ReadPermissions()
    {
        var services = new ServiceCollection();
        services.AddModules("Host=/nowhere", new LogSettings());
        return [.. services.Select(one => one.ImplementationInstance).OfType<Permission>().Select(one => one.Name)];
    }
}
