using Millrace.Identity;
using Millrace.Inventory;
using Millrace.Kernel;
using Millrace.Work;

namespace Millrace.Host.Demo;

/// <summary>What people decide, say and do in the demo: rules with a limit, a few adjustments in every state, tasks.</summary>
internal sealed class DemoWork(Dbs dbs, ApprovalSubjects subjects, int tenant, Guid companyId, DateOnly today)
{
    private IReadOnlyList<MemberFacts.Person> _people = [];
    private IReadOnlyList<MemberFacts.Role> _roles = [];

    /// <summary>Stock that is there and promised to nobody, with what one unit costs.</summary>
    internal sealed record Free(Guid ItemId, Guid WarehouseId, decimal Quantity, decimal Cost);

    internal async Task Run(IReadOnlyList<Free> stock)
    {
        await using (var db = dbs.Open(DbScope.ForTenant(tenant, request: "demo")))
        {
            (_people, _roles) = (await MemberFacts.People(db), await MemberFacts.Roles(db));
            await MakeRules(db);
            await db.Commit();
        }
        var dear = stock.Where(one => one.Cost * decimal.Floor(one.Quantity / 2) >= 20_000).Take(4).ToList();
        var cheap = stock.Where(one => one.Cost < 400 && one.Quantity >= 4).Take(4).ToList();

        for (var month = 1; month <= 5; month++)
            await Adjust(today.AddDays(-30 * month), $"Cycle count, aisle {month + 3}", [cheap[month % 4]], _ => 1, "count");
        await Adjust(today.AddDays(-6), "Year-end count, aisle 3", cheap, _ => -1, "count");
        await Adjust(today.AddDays(-4), "Found behind the press", [cheap[0]], _ => 2, "found");
        var rejected = await Adjust(today.AddDays(-3), "Count without a second counter", [dear[0]], Halve, "count");
        await Decide(rejected, "reject", "Please count again with a second person.");
        var approved = await Adjust(today.AddDays(-2), "Water damage, roof of hall 2", [dear[1]], Halve, "damage");
        await Say(approved, "Photos are with the insurer. @Zeynep Kaya please keep the report number on file.", "Zeynep Kaya");
        await Decide(approved, "approve", "Agreed with the insurer.");
        var waiting = await Adjust(today.AddDays(-1), "Cycle count, finished goods", [dear[2], cheap[1]], Halve, "count");
        await Say(waiting, "@Ayşe Yılmaz can you look at this before noon?", "Ayşe Yılmaz");
        await Adjust(today, "Broken in transport to İzmir", [dear[3]], Halve, "damage");
        await MakeTasks(waiting);
    }

    private static decimal Halve(Free one) => -Math.Max(1, decimal.Floor(one.Quantity / 2));

    private Guid Person(string name) => _people.First(one => one.Name == name).Id;

    private Db As(string name) => dbs.Open(DbScope.ForTenant(tenant, Person(name), "demo"));

    private async Task MakeRules(Db db)
    {
        var accounting = new Approver("role", _roles.First(one => one.Name == "Accounting").Id);
        var management = new Approver("role", _roles.First(one => one.Name == "Administrator").Id);
        await ApprovalRules.Create(
            db,
            subjects,
            new(
                "Differences from 250,000 TRY",
                Adjustments.DocumentType,
                10,
                [new("amount", 250_000m)],
                [new("any", [accounting], 24, management), new("any", [management])]
            )
        );
        await ApprovalRules.Create(
            db,
            subjects,
            new(
                "Differences from 10,000 TRY",
                Adjustments.DocumentType,
                20,
                [new("amount", 10_000m)],
                [new("any", [accounting, management], 48, management)]
            )
        );
    }

    private async Task<Guid> Adjust(DateOnly date, string note, IReadOnlyList<Free> stock, Func<Free, decimal> by, string reason)
    {
        await using var db = As("Mehmet Demir");
        var id = await DraftAdjustment.Create(
            db,
            new(
                companyId,
                date,
                [.. stock.Select(one => new Adjustments.Line(one.ItemId, one.WarehouseId, by(one), reason))],
                note,
                Submit: true
            )
        );
        await db.Commit();
        return id;
    }

    private async Task Decide(Guid id, string decision, string comment)
    {
        await using var db = As("Zeynep Kaya");
        if ((await Adjustments.Show(db, id, db.Scope.Actor)).Approval is { } approval)
            await DecideAdjustment.Run(db, id, new(approval.Id, decision, comment), db.Scope.Actor);
        await db.Commit();
    }

    private async Task Say(Guid id, string text, string mentioned)
    {
        await using var db = As("Mehmet Demir");
        var document = await Adjustments.Show(db, id, db.Scope.Actor);
        await Comments.Add(
            db,
            new(Adjustments.DocumentType, id, companyId, document.Number),
            InventoryPermissions.Read,
            new(Adjustments.DocumentType, id, text, [Person(mentioned)])
        );
        await db.Commit();
    }

    private async Task MakeTasks(Guid waiting)
    {
        await using var db = As("Ayşe Yılmaz");
        var count = await Labels.Create(db, new("project", "Year-end count"));
        var roof = await Labels.Create(db, new("project", "Roof of hall 2"));
        var stock = await Labels.Create(db, new("category", "Stock"));
        var books = await Labels.Create(db, new("category", "Books"));
        var urgent = await Labels.Create(db, new("tag", "urgent"));
        var insurer = await Labels.Create(db, new("tag", "insurer"));
        Tasks.Request[] tasks =
        [
            new(
                "Count finished goods again with two people",
                "Aisles 1 to 4, before the morning shift.",
                today.AddDays(1),
                Person("Mehmet Demir"),
                count.Id,
                stock.Id,
                [urgent.Id],
                DocumentType: Adjustments.DocumentType,
                DocumentId: waiting
            ),
            new("Send the damage report", "", today.AddDays(3), Person("Zeynep Kaya"), roof.Id, books.Id, [insurer.Id]),
            new("Offer for a new roof", "Three offers are needed.", today.AddDays(14), Person("Ayşe Yılmaz"), roof.Id),
            new("Ask the foundry about the late castings", "", today.AddDays(-2), Person("Ayşe Yılmaz"), null, stock.Id),
            new("Tell the customer about the later delivery", "", today, null, null, null, null, "Ege Sulama A.Ş."),
            new("Label the new shelves", "", null, Person("Mehmet Demir"), null, stock.Id),
        ];
        foreach (var task in tasks)
            await Tasks.Create(db, task);
        await db.Commit();
    }
}
