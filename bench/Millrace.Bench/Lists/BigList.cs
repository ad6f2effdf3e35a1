using System.Globalization;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>A tenant with many items, written past the program and analysed, as a table is that is not new.</summary>
internal static class BigList
{
    internal static async Task<int> Make(Dbs dbs, string connection, int items)
    {
        var tenant = await CreateTenant.Run(dbs, FormattableString.Invariant($"Bench {items}"));
        // Of a table that is not new the audit was chained long ago; a million fresh rows of it would be, while one measures.
        await Ground.Execute(connection, "alter table catalog.item disable trigger audit");
        for (var done = 0; done < items; done += 100_000)
            await Ground.Execute(
                connection,
                FormattableString.Invariant(
                    $"""
                    insert into catalog.item (tenant_id, item_id, code, name, kind, unit, created_at)
                    select {tenant}, gen_random_uuid(), 'IT-' || lpad(n::text, 8, '0'),
                        (array['Pump', 'Axle', 'Seal', 'Gehäuse', 'Şaft', 'Vana', 'Motor'])[n % 7 + 1] || ' ' || md5(n::text),
                        (array['raw', 'semi', 'finished', 'goods', 'other'])[n % 5 + 1], 'pcs', now() - n * interval '1 second'
                    from generate_series({done + 1}, {Math.Min(items, done + 100_000)}) n
                    """
                )
            );
        await Ground.Execute(connection, "alter table catalog.item enable trigger audit");
        await Ground.Execute(connection, "vacuum (analyze) catalog.item");
        return tenant;
    }
}
