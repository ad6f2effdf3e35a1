using Npgsql;

namespace Millrace.Bench;

/// <summary>
/// Looks every few milliseconds which vouchers a select sees. Their numbers have no gaps, so the last one tells of all before it.
/// </summary>
internal sealed class VoucherWatch(string connection, IReadOnlyList<Mill> mills)
{
    private readonly List<(long At, int Mill, long Last)> _seen = [];

    internal async Task Run(CancellationToken stop)
    {
        await using var open = await Ground.Open(connection);
        await using var look = new NpgsqlCommand(
            """
            select coalesce((select max(number) from accounting.voucher v
                where v.tenant_id = m.tenant and v.company_id = m.company and v.year = $3), 0)
            from unnest($1, $2) with ordinality as m (tenant, company, n) order by n
            """,
            open
        );
        look.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. mills.Select(one => one.Tenant)] });
        look.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. mills.Select(one => one.Company)] });
        look.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Mill.Today.Year });
        await look.PrepareAsync(stop);
        var known = new long[mills.Count];
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!stop.IsCancellationRequested)
        {
            await using (var reader = await look.ExecuteReaderAsync(stop))
                for (var mill = 0; await reader.ReadAsync(stop); mill++)
                    if (reader.GetInt64(0) is var last && last > known[mill])
                        _seen.Add((TimeProvider.System.GetTimestamp(), mill, known[mill] = last));
            await again.WaitForNextTickAsync(stop);
        }
    }

    /// <summary>Milliseconds from each receipt's commit until a select saw its voucher; throws when one has none.</summary>
    internal async Task<double[]> Lags(IReadOnlyList<PacedReceipts.Receipt> receipts)
    {
        var numbers = new Dictionary<(int Tenant, string Document), long>();
        await using (var open = await Ground.Open(connection))
        await using (var all = new NpgsqlCommand("select tenant_id, document, number from accounting.voucher", open))
        await using (var reader = await all.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                numbers.Add((reader.GetInt32(0), reader.GetString(1)), reader.GetInt64(2));
        var steps = mills
            .Select((mill, at) => (mill.Tenant, Steps: _seen.Where(one => one.Mill == at).ToArray()))
            .ToDictionary(one => one.Tenant, one => one.Steps);
        return
        [
            .. receipts
                .Select(one =>
                {
                    var number = numbers[(one.Tenant, one.Document)];
                    var visible = steps[one.Tenant].First(step => step.Last >= number).At;
                    return Samples.Milliseconds(one.Committed, visible);
                })
                .Order(),
        ];
    }
}
