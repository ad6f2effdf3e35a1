using System.Diagnostics;
using Millrace.Host;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

public sealed class VerifierTests(Server server, VerifierTests.Ground ground) : IClassFixture<VerifierTests.Ground>
{
    private const string Orphan = "'00000000-0000-7000-8000-00000000dead'";

    /// <summary>
    /// One violation of each invariant that breaks no other, planted where no constraint and no trigger sees it.
    /// </summary>
    private static readonly IReadOnlyDictionary<string, string> Plants = new Dictionary<string, string>
    {
        ["log.positions_dense"] =
            "insert into kernel.event_pos (pos, snapshot) select max(pos) + 2, pg_current_snapshot() from kernel.event_pos",
        ["log.cursors_in_step"] =
            "insert into kernel.cursor (consumer, lane, from_pos, pos, term) "
            + "values ('planted', 0, 0, 5, 1), ('planted', 0, 7, 9, 1)",
        ["log.events_have_positions"] = $"{AnEvent} - interval '1 minute' from company.tenant",
        ["log.positions_have_events"] =
            $"{APosition} select max(pos) + 1, current_date, 4711, (select tenant_id from company.tenant) from kernel.event_pos",
        ["log.positions_once"] =
            $"{AnEvent} from company.tenant; {APosition} select (select max(pos) from kernel.event_pos) + n, day, id, tenant_id "
            + "from kernel.event, generate_series(1, 2) n where type = 'Planted'",
        ["audit.rows_chained"] =
            "insert into kernel.audit (tenant_id, at, actor, request, entity, key, change) "
            + $"select tenant_id, now() - interval '10 minutes', {Orphan}, 'r', 'e', 'k', 'insert' from company.tenant",
        ["audit.rows_unchanged"] =
            "update kernel.audit set after = '{}' where audit_id = (select min(audit_id) from kernel.audit)",
        ["audit.chain_unbroken"] = "update kernel.audit_block set hash = '\\x00' where block = 1",
        ["inventory.balance_equals_movements"] =
            "update inventory.balance set on_hand = on_hand + 1; "
            + "update inventory.balance_detail set on_hand = on_hand + 1 "
            + "where bin = 'MAIN' and lot = '' and status = 'available'",
        ["inventory.balance_equals_detail"] = "update inventory.balance_detail set on_hand = on_hand + 1",
        ["inventory.reserved_equals_open_reservations"] = "update inventory.balance set reserved = reserved + 1",
        ["inventory.nobody_waits_beside_stock"] =
            "alter table inventory.balance drop constraint balance_nobody_waits_beside_it; "
            + "update inventory.balance set waiting = 1; "
            + "update inventory.reservation_line set quantity = quantity + 1, waiting = 1 where expected = 0",
        ["inventory.expected_equals_movements"] = "update inventory.expected set arrived = arrived + 1",
        ["inventory.promised_supply_adds_up"] = "update inventory.expected set promised = promised + 1",
        ["inventory.pins_are_held"] = "update inventory.balance_detail set pinned = 1 where status = 'available' and on_hand > 1",
        ["inventory.goods_are_where_their_unit_is"] =
            "alter table inventory.handling_unit disable trigger unit_leaves_nothing; "
            + "update inventory.handling_unit set dissolved_at = now()",
        ["inventory.never_negative"] =
            "alter table inventory.balance drop constraint balance_promised_once; update inventory.balance set reserved = 2000; "
            + "update inventory.reservation_line set quantity = 2000 where expected = 0",
        ["inventory.documents_without_gaps"] = "update company.series set next = next + 1 where kind = 'GR'",
        ["inventory.adjustments_without_gaps"] = "update company.series set next = next + 1 where kind = 'SA'",
        ["inventory.adjustments_are_what_they_say"] = "update inventory.adjustment set state = 'waiting' where state = 'draft'",
        ["inventory.reversed_once_and_wholly"] =
            "insert into inventory.reversal (tenant_id, company_id, document, reversed_by) "
            + "select tenant_id, company_id, document, 'RV-0' from inventory.movement limit 1",
        ["inventory.pieces_are_somewhere"] =
            "insert into inventory.serial (tenant_id, item_id, serial, on_hand) "
            + "select tenant_id, item_id, 'NOWHERE', 1 from catalog.item limit 1",
        ["inventory.stock_days_equal_movements"] =
            "with place as (select * from inventory.balance_detail limit 1), "
            + "whole as (insert into inventory.stock_full_day select tenant_id, warehouse_id, '2020-01-01', 1 from place) "
            + "insert into inventory.stock_day "
            + "select tenant_id, warehouse_id, '2020-01-01', item_id, bin, lot, owner_id, status, 5 from place",
        ["inventory.opening_is_posted"] =
            "insert into inventory.opening (tenant_id, opening_id, company_id, item_id, warehouse_id, bin, date, quantity) "
            + "select tenant_id, gen_random_uuid(), company_id, item_id, warehouse_id, bin, current_date, 5 "
            + "from inventory.balance_detail limit 1",
        ["accounting.trial_balance_is_zero"] =
            "insert into accounting.voucher_line (tenant_id, voucher_id, company_id, date, line_no, account, debit, credit) "
            + $"select tenant_id, {Orphan}, company_id, date, 9, '710', 1, 0 from accounting.voucher",
        ["accounting.vouchers_balance"] = "update accounting.voucher set total = total + 1",
        ["accounting.vouchers_without_gaps"] = "update company.series set next = next + 1 where kind = 'V'",
        ["accounting.one_voucher_per_event_and_rule"] =
            "alter table accounting.voucher drop constraint voucher_once_per_event_and_rule; "
            + "update company.series set next = next + 1 where kind = 'V'; "
            + "insert into accounting.voucher select (json_populate_record(v, "
            + $"json_build_object('voucher_id', {Orphan}, 'number', v.number + 1))).* from accounting.voucher v; "
            + "insert into accounting.voucher_line (tenant_id, voucher_id, company_id, date, line_no, account, debit, credit) "
            + $"select tenant_id, {Orphan}, company_id, date, line_no + 10, '329.01', debit, credit from accounting.voucher_line",
        ["accounting.stock_value_equals_inventory_accounts"] = "update inventory.movement set amount = amount + 1",
    };

    private const string AnEvent =
        "insert into kernel.event (tenant_id, type, version, aggregate, actor, request, payload, at) "
        + "select tenant_id, 'Planted', 1, 'a', '00000000-0000-7000-8000-000000000001', 'r', '{}', clock_timestamp()";
    private const string APosition = "insert into kernel.event_pos (pos, event_day, event_id, tenant_id)";

    /// <summary>A database in which something of everything has happened and everything holds; each test takes a copy.</summary>
    public sealed class Ground(Server server) : IAsyncLifetime
    {
        private TestDatabase? _database;

        internal string Name => new NpgsqlConnectionStringBuilder(_database!.ConnectionString).Database!;

        public async ValueTask InitializeAsync()
        {
            _database = await server.NewDatabase();
            await Sample.Make(_database, "Ground");
            await _database.Superuser("delete from kernel.parked");
            await _database.PostVouchers();
            await AuditTests.Chain(_database);
            await _database.Databases.DisposeAsync();
            NpgsqlConnection.ClearAllPools();
        }

        public ValueTask DisposeAsync() => _database!.DisposeAsync();
    }

    public static TheoryData<string> Planted => [.. Plants.Keys];

    [Fact]
    public void Every_invariant_has_a_planted_violation() =>
        Assert.Equal(
            Invariants().Select(one => one.Name).Order(StringComparer.Ordinal),
            Plants.Keys.Order(StringComparer.Ordinal)
        );

    [Theory, MemberData(nameof(Planted))]
    public async Task Names_exactly_the_invariant_that_is_broken(string invariant)
    {
        await using var database = await Copy();
        var verifier = new Verifier(database.Databases, Invariants());
        Assert.Empty(await verifier.Run(stop: TestContext.Current.CancellationToken));

        await database.Superuser($"set session_replication_role = replica; {Plants[invariant]}");

        var found = await verifier.Run(stop: TestContext.Current.CancellationToken);
        Assert.Equal([invariant], found.Select(one => one.Invariant).Distinct());
        Assert.All(found, one => Assert.False(string.IsNullOrWhiteSpace(one.Sentence)));
    }

    [Fact]
    public async Task The_program_exits_with_1_and_the_difference_or_with_0_when_all_holds()
    {
        await using var database = await Copy();

        var (clean, cleanText) = await Verify(database);
        Assert.Equal((0, "Every invariant holds."), (clean, cleanText.TrimEnd().Split('\n')[^1]));

        await database.Superuser($"set session_replication_role = replica; {Plants["inventory.balance_equals_detail"]}");
        var (broken, text) = await Verify(database);
        Assert.Equal(1, broken);
        Assert.Contains("FAIL  inventory.balance_equals_detail", text, StringComparison.Ordinal);
        Assert.Contains("but its bins and lots sum to", text, StringComparison.Ordinal);
        Assert.DoesNotContain("FAIL  inventory.balance_equals_movements", text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Invariant> Invariants()
    {
        var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection();
        services.AddModules("Host=/nowhere", new LogSettings());
        return [.. services.Select(one => one.ImplementationInstance).OfType<Invariant>()];
    }

    private async Task<TestDatabase> Copy()
    {
        var name = $"verify_{Guid.CreateVersion7():N}";
        var admin = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Database = "postgres",
            Pooling = false,
        }.ConnectionString;
        await using var postgres = new TestDatabase(admin, admin, "nothing");
        await postgres.Superuser($"create database {name} template {ground.Name}");
        await postgres.Superuser($"grant create, connect, temporary on database {name} to millrace_owner");
        await postgres.Superuser($"grant connect on database {name} to millrace_app, millrace_relay, millrace_report");
        return new TestDatabase(
            new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString,
            admin,
            name
        );
    }

    private static Task<(int Exit, string Text)> Verify(TestDatabase database) =>
        ProgramProcess.Run("verify", database.ConnectionString);
}
