using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

/// <summary>The database itself keeps a posted voucher as it is; the program's role has no way around.</summary>
public sealed class ImmutableVoucherTests(Server server)
{
    [Fact]
    public async Task Nobody_in_the_programs_role_updates_deletes_or_empties_vouchers()
    {
        await using var open = await Posted();
        await Denied(open, $"update accounting.voucher set total = total + 1");
        await Denied(open, $"delete from accounting.voucher");
        await Denied(open, $"truncate accounting.voucher");
        await Denied(open, $"update accounting.voucher_line set debit = debit + 1");
        await Denied(open, $"delete from accounting.voucher_line");
        await Denied(open, $"truncate accounting.voucher_line");
        await Denied(open, $"alter table accounting.voucher_line disable trigger check_lines");
        await Denied(open, $"update inventory.movement set amount = 0");
        await Denied(open, $"delete from inventory.movement");
        await Denied(open, $"delete from kernel.event");
        Assert.Equal((1L, 2L), (await open.Count("accounting.voucher"), await open.Count("accounting.voucher_line")));
    }

    [Fact]
    public async Task A_partition_is_no_way_around_the_check_of_the_lines()
    {
        await using var open = await Posted();
        await using var db = open.Factory.Open();
        var partitions = await db.Query<string>(
            $"select inhrelid::regclass::text from pg_inherits where inhparent = 'accounting.voucher_line'::regclass"
        );

        Assert.NotEmpty(partitions);
        foreach (var partition in partitions)
            Assert.False(await db.One<bool>($"select has_table_privilege({partition}, 'insert, update, delete, truncate')"));
    }

    [Fact]
    public async Task A_balanced_pair_of_lines_added_later_is_refused()
    {
        await using var open = await Posted();

        await Refused(open, db => Lines(db, Pair(50)));
    }

    [Theory]
    [InlineData("50 / 40", "unbalanced")]
    [InlineData("40 / 40", "balanced, but not to the total")]
    [InlineData("50", "one side only")]
    [InlineData("50 / 50 and 10 / 10", "a second statement")]
    public async Task A_new_voucher_whose_lines_do_not_add_up_is_refused(string lines, string because)
    {
        await using var open = await Posted();

        await Refused(
            open,
            async db =>
            {
                var statements = lines.Split(" and ");
                await NewVoucher(db, Parse(statements[0]));
                foreach (var later in statements[1..])
                    await Lines(db, Parse(later));
            }
        );
        Assert.Equal(1, await open.Count("accounting.voucher"));
        Assert.NotEmpty(because);

        static (string, decimal, decimal)[] Parse(string statement) =>
            [
                .. statement
                    .Split(" / ")
                    .Select(amount => decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture))
                    .Select((amount, at) => at == 0 ? ("150", amount, 0m) : ("329.01", 0m, amount)),
            ];
    }

    [Fact]
    public async Task A_voucher_without_lines_is_refused()
    {
        await using var open = await Posted();

        await Refused(open, db => NewVoucher(db, []), "voucher_has_lines");
        Assert.Equal(1, await open.Count("accounting.voucher"));
    }

    [Fact]
    public async Task One_event_is_posted_once_by_a_rule()
    {
        await using var open = await Posted();
        await using var db = open.Factory.Open();

        var twice = await Assert.ThrowsAsync<PostgresException>(() => NewVoucher(db, Pair(50), ofTheSameEvent: true));

        Assert.Equal("voucher_once_per_event_and_rule", twice.ConstraintName);
    }

    private async Task<OpenFactory> Posted()
    {
        var open = await OpenFactory.Start(server, work: true);
        await open.Stock(5);
        await Eventually.True(async () => await open.Count("accounting.voucher") == 1, "the voucher is posted");
        return open;
    }

    private static async Task Denied(OpenFactory open, Sql statement)
    {
        await using var db = open.Factory.Open();
        var denied = await Assert.ThrowsAsync<PostgresException>(() => db.Execute(statement));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, denied.SqlState);
    }

    private static async Task Refused(OpenFactory open, Func<Db, Task> write, string because = "voucher_balanced_and_closed")
    {
        await using var db = open.Factory.Open();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => write(db));
        Assert.Equal(because, refused.ConstraintName);
        Assert.Equal(2, await open.Count("accounting.voucher_line"));
    }

    private static (string Account, decimal Debit, decimal Credit)[] Pair(decimal amount) =>
        [("150", amount, 0m), ("329.01", 0m, amount)];

    // With a total of 50, and its lines in the same statement.
    private static Task NewVoucher(Db db, (string Account, decimal Debit, decimal Credit)[] lines, bool ofTheSameEvent = false) =>
        Write(db, lines, isNew: true, ofTheSameEvent);

    // Into the voucher with the highest number.
    private static Task Lines(Db db, (string Account, decimal Debit, decimal Credit)[] lines) => Write(db, lines, isNew: false);

    private static Task Write(
        Db db,
        (string Account, decimal Debit, decimal Credit)[] lines,
        bool isNew,
        bool ofTheSameEvent = false
    ) =>
        db.Execute(
            $"""
            with last as (select * from accounting.voucher order by number desc limit 1),
            made as (
                insert into accounting.voucher (tenant_id, voucher_id, company_id, year, number, date, currency, total,
                    source_type, document, event_day, event_id, event_pos, rule)
                select tenant_id, gen_random_uuid(), company_id, year, number + 1, date, currency, 50, source_type, document,
                    event_day, event_id, event_pos, case when {ofTheSameEvent} then rule else 'another' end
                from last where {isNew}
                returning voucher_id)
            insert into accounting.voucher_line (tenant_id, voucher_id, company_id, date, line_no, account, debit, credit)
            select last.tenant_id, coalesce(made.voucher_id, last.voucher_id), last.company_id, last.date, 9,
                l.account, l.debit, l.credit
            from last left join made on true,
                unnest({Array.ConvertAll(lines, one => one.Account)}, {Array.ConvertAll(lines, one => one.Debit)},
                    {Array.ConvertAll(lines, one => one.Credit)}) as l (account, debit, credit)
            """
        );
}
