using Millrace.Identity;
using Millrace.Inventory;
using Millrace.Kernel;
using Millrace.Work;

namespace Millrace.Tests;

/// <summary>What a sample has to decide, to say and to do. The person called owner decides.</summary>
internal static class SampleOfWork
{
    internal static readonly ApprovalSubjects Subjects = new([
        new ApprovalSubject(Adjustments.DocumentType, ["amount", "gain", "loss"], ["category", "reason"]),
    ]);

    internal static async Task Add(Factory factory, string mark, Dictionary<string, string> ids)
    {
        await factory.AddPerson("owner");
        await factory.AddPerson("second");
        var (item, warehouse) = (Guid.Parse(ids["item"]), Guid.Parse(ids["warehouse"]));
        await using var db = factory.Open();
        var people = await MemberFacts.People(db);
        var (owner, second) = (people.First(one => one.Name == "owner").Id, people.First(one => one.Name == "second").Id);
        var role = (await MemberFacts.Roles(db)).First(one => one.Name == "owner").Id;
        ids["colleague"] = second.ToString();
        ids["asked"] = role.ToString();
        Approver roleOfOwner = new("role", role);
        await ApprovalRules.Create(
            db,
            Subjects,
            new(
                $"{mark} twice",
                Adjustments.DocumentType,
                1,
                [new("reason", Is: "found")],
                [new("any", [roleOfOwner]), new("any", [new("person", second)])]
            )
        );
        ids["approvalrule"] = (
            await ApprovalRules.Create(
                db,
                Subjects,
                new($"{mark} rule", Adjustments.DocumentType, 2, [], [new("any", [roleOfOwner])])
            )
        ).Id.ToString();

        ids["field"] = (
            await db.One<Guid>(
                $"""
                insert into kernel.field (tenant_id, field_id, document_type, name, title_en, title_tr, kind)
                values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, 'item', 'extra', {mark}, {mark}, 'text') returning field_id
                """
            )
        ).ToString();
        await db.Execute(
            $"""
            insert into kernel.field_value (tenant_id, document_type, document_id, given)
            values ({db.Scope.Tenant}, 'item', {item}, jsonb_build_object('extra', {mark}))
            """
        );

        var other = $"{mark} again";
        var timeTable = await db.One<Guid>(
            $"""
            insert into kernel.schedule (tenant_id, schedule_id, name, type, arguments, cron, time_zone, next_at)
            values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, {other}, 'exchange.run', jsonb_build_object(), '0 3 * * *', 'UTC',
                now() + interval '1 day') returning schedule_id
            """
        );
        ids["exchange"] = (
            await db.One<Guid>(
                $"""
                insert into kernel.exchange (tenant_id, exchange_id, schedule_id, name, direction, way, subject, how)
                values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, {timeTable}, {mark}, 'in', 'folder', 'items',
                    jsonb_build_object('files', jsonb_build_object('name', {mark}))) returning exchange_id
                """
            )
        ).ToString();
        await db.Execute(
            $"""
            insert into kernel.exchange_run (tenant_id, exchange_id, outcome, error)
            values ({db.Scope.Tenant}, {Guid.Parse(ids["exchange"])}, 'failed', {mark})
            """
        );

        async Task<Guid> Adjust(string reason, bool submit) =>
            await DraftAdjustment.Create(
                db,
                new(
                    factory.Company,
                    Factory.Today,
                    [new(item, warehouse, 3, reason, mark, $"{mark} lot", $"{mark} line")],
                    $"{mark} note",
                    submit
                )
            );
        async Task<Guid> ApprovalOf(Guid id) => (await Adjustments.Show(db, id, owner)).Approval!.Id;

        ids["adjustment"] = (await Adjust("count", submit: false)).ToString();
        var waiting = await Adjust("count", submit: true);
        (ids["waiting"], ids["approval"]) = (waiting.ToString(), (await ApprovalOf(waiting)).ToString());
        var found = await Adjust("found", submit: true);
        var twoStep = await ApprovalOf(found);
        ids["twostep"] = twoStep.ToString();
        await DecideAdjustment.Run(db, found, new(twoStep, "approve", $"{mark} comment"), owner);

        ids["delegation"] = (
            await Delegations.Create(db, owner, new(factory.Company, second, Factory.Today, Factory.Today, $"{mark} away"))
        ).Id.ToString();
        await Comments.Add(
            db,
            new(Adjustments.DocumentType, waiting, factory.Company, $"{mark} title"),
            InventoryPermissions.Read,
            new(Adjustments.DocumentType, waiting, $"{mark} said", [owner])
        );
        ids["notification"] = await db.One<string>(
            $"select notification_id::text from work.notification where person_id = {owner} and kind = 'mention'"
        );
        foreach (
            var (kind, name) in ((string, string)[])
                [("project", "project"), ("category", "category"), ("tag", "tag"), ("tag", "oldtag")]
        )
            ids[name] = (await Labels.Create(db, new(kind, $"{mark} {name}"))).Id.ToString();
        ids["task"] = (await Tasks.Create(db, new($"{mark} task", $"{mark} note", Factory.Today, second))).Id.ToString();
        await db.Commit();
    }
}
