using Millrace.Accounting;
using Millrace.Catalog;
using Millrace.Identity;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>A page of a list is a short walk along an index, however many rows there are.</summary>
public sealed class ListPlanTests(Server server)
{
    [Fact, Case("T6")]
    public async Task Pages_in_their_usual_orders_walk_along_an_index_under_the_wall()
    {
        await using var open = await OpenFactory.Start(server);
        var own = open.Factory.Tenant;
        await open.Database.Superuser(
            $"""
            insert into catalog.item (tenant_id, item_id, code, name, kind, unit)
            select tenant, gen_random_uuid(), 'P-' || n, 'Part ' || n, 'raw', 'pcs'
            from generate_series(1, 20000) n, unnest(array[{own}, {own + 7}]) tenant
            """
        );
        await open.Database.Superuser("analyze catalog.item");
        await using var db = open.Factory.Open();
        foreach (var order in (string[])["code", "-code", "name", "created", "kind"])
        {
            var query = new ListQuery([], Sort: order);
            var first = await ListItems.List.Read(db, new PageOf(50, null), query);
            var statement = ListItems.List.PageStatement(
                new PageOf(50, first.Next),
                query,
                ListItems.List.Where(query, ListItems.List.Columns),
                $"true"
            );
            var plan = string.Join('\n', await db.Query<string>($"explain {statement}"));
            Assert.True(
                plan.Contains("Index Scan", StringComparison.Ordinal)
                    && !plan.Contains("Sort", StringComparison.Ordinal)
                    && plan.Contains("Index Cond: ((tenant_id = $0) AND (", StringComparison.Ordinal),
                $"{order}: {plan}"
            );
        }
    }

    [Fact, Case("T6")]
    public async Task Lists_of_a_company_walk_along_an_index_in_every_order_they_offer()
    {
        await using var open = await OpenFactory.Start(server);
        var own = open.Factory.Tenant;
        var company = open.Factory.Company;
        await open.Database.Superuser(
            $"""
            set session_replication_role = replica; -- vouchers without lines, and a second company
            insert into inventory.adjustment
                (tenant_id, adjustment_id, company_id, number, date, currency, amount, created_by)
            select {own}, gen_random_uuid(), c, 'DZ-' || n, date '2026-01-01' + n % 300, 'TRY', n, gen_random_uuid()
            from generate_series(1, 20000) n, unnest(array['{company}', gen_random_uuid()]) c;
            insert into accounting.voucher
                (tenant_id, voucher_id, company_id, year, number, date, source_type, document, total, currency, event_day,
                event_id, event_pos, rule)
            select {own}, gen_random_uuid(), '{company}', 2020 + n % 5, n, make_date(2020 + n % 5, 1, 1), 'StockReceived',
                'D-' || n, 1, 'TRY', date '2026-01-01', n, n, ''
            from generate_series(1, 20000) n;
            insert into inventory.movement
                (tenant_id, company_id, kind, document, line_no, date, item_id, warehouse_id, bin, lot, owner_id, status,
                quantity, unit_cost, amount, actor)
            select {own}, '{company}', 'receipt', 'D-' || n, 1, date '2026-01-01', '{open.Factory.Item}',
                '{open.Factory.Warehouse}', 'A-01', '', gen_random_uuid(), 'available', 1, 1, 1, gen_random_uuid()
            from generate_series(1, 20000) n;
            insert into inventory.reservation (tenant_id, reservation_id, company_id, demand, created_by, released_at)
            select {own}, gen_random_uuid(), '{company}', 'SO-' || n, gen_random_uuid(), case when n % 10 > 0 then now() end
            from generate_series(1, 20000) n;
            insert into catalog.item (tenant_id, item_id, code, name, kind, unit)
            select {own}, gen_random_uuid(), 'P-' || n, 'Part ' || n, 'raw', 'pcs' from generate_series(1, 20000) n;
            insert into inventory.balance (tenant_id, company_id, item_id, warehouse_id, on_hand, reserved)
            select {own}, c, item_id, '{open.Factory.Warehouse}', 1, 0
            from catalog.item, unnest(array['{company}', gen_random_uuid()]) c where code like 'P-%';
            insert into inventory.balance_detail
                (tenant_id, company_id, item_id, warehouse_id, bin, lot, owner_id, status, on_hand)
            select tenant_id, company_id, item_id, warehouse_id, 'A-01', '', '00000000-0000-0000-0000-000000000000',
                'available', 1
            from inventory.balance where on_hand = 1;
            insert into inventory.expected (tenant_id, expected_id, company_id, item_id, warehouse_id, source, due, quantity,
                changed_by, changed_request)
            select {own}, gen_random_uuid(), '{company}', item_id, '{open.Factory.Warehouse}', 'PO-' || n, date '2026-01-01',
                5, gen_random_uuid(), 'r'
            from (select item_id, row_number() over () as n from catalog.item where code like 'P-%') i;
            reset session_replication_role;
            """
        );
        foreach (
            var table in (string[])
                [
                    "inventory.adjustment",
                    "accounting.voucher",
                    "inventory.movement",
                    "inventory.reservation",
                    "inventory.expected",
                    "inventory.balance",
                    "inventory.balance_detail",
                    "catalog.item",
                ]
        )
            await open.Database.Superuser($"analyze {table}");
        await using var db = open.Factory.Open();
        await Walk(ListAdjustments.List);
        await Walk(ListVouchers.List);
        await Walk(ListMovements.List);
        await Walk(ListReservations.List);
        await Walk(ListStock.List);
        await Walk(ListPlaces.List);
        await Walk(ListExpected.List);

        async Task Walk<TRow>(ListOf<TRow> list)
        {
            foreach (var order in list.Columns.Where(one => one.Sorts).SelectMany(one => (string[])[one.Name, $"-{one.Name}"]))
            {
                var query = new ListQuery([], Sort: order, CompanyId: company);
                var first = await list.Read(db, new PageOf(50, null), query);
                var statement = list.PageStatement(new PageOf(50, first.Next), query, list.Where(query, list.Columns), $"true");
                var plan = string.Join('\n', await db.Query<string>($"explain {statement}"));
                // What a row puts together of its lines is below a subplan, and sorted there.
                var walk = plan.Split("SubPlan")[0];
                Assert.True(
                    walk.Contains("Index Cond: ((tenant_id = $", StringComparison.Ordinal)
                        && walk.Contains(") AND (company_id = ", StringComparison.Ordinal)
                        // The warehouses of one item are put in order where it stands.
                        && !walk.Replace("Incremental Sort", "", StringComparison.Ordinal)
                            .Contains("Sort  (", StringComparison.Ordinal),
                    $"{list.Name} {order}: {plan}"
                );
            }
        }
    }

    [Fact, Case("T6")]
    public async Task The_audit_and_the_jobs_are_walked_and_some_days_of_the_audit_are_looked_for_only_there()
    {
        await using var open = await OpenFactory.Start(server);
        var own = open.Factory.Tenant;
        await open.Database.Superuser(
            $"""
            insert into kernel.job (tenant_id, job_id, type, arguments, state, most_attempts, ended_at, actor, request)
            select {own}, gen_random_uuid(), 'test.job', jsonb_build_object(), 'done', 1, now(), gen_random_uuid(), 'test'
            from generate_series(1, 20000) n;
            insert into catalog.item (tenant_id, item_id, code, name, kind, unit)
            select {own}, gen_random_uuid(), 'P-' || n, 'Part ' || n, 'raw', 'pcs' from generate_series(1, 20000) n;
            """
        );
        await open.Database.Superuser("analyze kernel.job");
        await open.Database.Superuser("analyze kernel.audit");
        await using var db = open.Factory.Open();
        var later = DateTime.UnixEpoch.AddYears(100);

        var jobs = await Plan(ListJobs.Own, new ListQuery([]));
        var failed = await Plan(ListJobs.Own, new ListQuery(["state:is:done"]));
        var audit = await Plan(ListAudit.List, new ListQuery([]));
        var days = await Plan(ListAudit.List, new ListQuery([$"at:from:{later:yyyy-MM-dd}T00:00:00Z"]));

        foreach (var plan in (string[])[jobs, failed, audit])
            Assert.DoesNotContain("Sort  (", plan, StringComparison.Ordinal);
        Assert.Contains("audit_2", audit, StringComparison.Ordinal);
        // No partition is of those days, so none is read.
        Assert.DoesNotContain("audit_2", days, StringComparison.Ordinal);

        async Task<string> Plan<TRow>(ListOf<TRow> list, ListQuery query)
        {
            var statement = list.PageStatement(new PageOf(50, null), query, list.Where(query, list.Columns), $"true");
            return string.Join('\n', await db.Query<string>($"explain {statement}"));
        }
    }
}
