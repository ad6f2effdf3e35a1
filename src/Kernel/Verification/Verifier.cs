using System.Data;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>Checks every invariant of every tenant in one snapshot, reading only.</summary>
public sealed class Verifier(Databases databases, IEnumerable<Invariant> invariants)
{
    private const int MostViolations = 20;

    public IReadOnlyList<Invariant> Invariants { get; } = [.. invariants.OrderBy(one => one.Name, StringComparer.Ordinal)];

    public async Task<IReadOnlyList<Violation>> Run(Action<string>? progress = null, CancellationToken stop = default)
    {
        var tenants = await Tenants(stop);
        await using var connection = await databases.Report.OpenConnectionAsync(stop);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var found = new List<Violation>();
        foreach (var invariant in Invariants)
        {
            var before = found.Count;
            if (!invariant.PerTenant)
                await Check(connection, invariant, tenant: null, found, stop);
            else
                foreach (var tenant in tenants)
                    await Check(connection, invariant, tenant, found, stop);
            progress?.Invoke(found.Count == before ? $"ok    {invariant.Name}" : $"FAIL  {invariant.Name}");
        }
        return found;
    }

    private static async Task Check(
        NpgsqlConnection connection,
        Invariant invariant,
        int? tenant,
        List<Violation> found,
        CancellationToken stop
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(
            new("select set_config('app.tenant_id', $1, true)")
            {
                Parameters = { new NpgsqlParameter<string> { TypedValue = FormattableString.Invariant($"{tenant}") } },
            }
        );
        batch.BatchCommands.Add(invariant.Violations.With().ToCommand());
        await using var reader = await batch.ExecuteReaderAsync(stop);
        await reader.NextResultAsync(stop);
        for (var count = 0; count < MostViolations && await reader.ReadAsync(stop); count++)
            found.Add(new Violation(invariant.Name, tenant, reader.GetString(0)));
    }

    private async Task<List<int>> Tenants(CancellationToken stop)
    {
        await using var command = databases.Owner.CreateCommand("select tenant_id from company.tenant order by tenant_id");
        await using var reader = await command.ExecuteReaderAsync(stop);
        var tenants = new List<int>();
        while (await reader.ReadAsync(stop))
            tenants.Add(reader.GetInt32(0));
        return tenants;
    }
}
