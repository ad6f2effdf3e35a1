namespace Millrace.Kernel;

/// <summary>A secret as it stands in a column, and what it was sealed for.</summary>
public sealed record SealedRow(Guid Id, string Purpose, byte[] Box);

/// <summary>
/// A column that holds secrets. Read gives at most 500 rows after an id, in its order;
/// Write puts a newly sealed box in the place of the old one, unless the old one is no longer there.
/// </summary>
public sealed record SealedColumn(
    string Name,
    Func<Db, Guid, Task<List<SealedRow>>> Read,
    Func<Db, SealedRow, byte[], Task<int>> Write,
    bool PerTenant = true
);

/// <summary>Seals every secret with the newest key, so that older keys may go. Running it again changes nothing.</summary>
public sealed class SealAgain(Databases databases, Dbs dbs, Secrets secrets, IEnumerable<SealedColumn> columns)
{
    public async Task<int> Run(Action<string>? progress = null)
    {
        if (secrets.Newest is null)
            throw new BadKeys($"There is no key. Set {SecretKeys.Variable} or {SecretKeys.FileVariable} first.");
        var tenants = await Tenants();
        var count = 0;
        foreach (var column in columns)
        {
            var changed = 0;
            foreach (var tenant in column.PerTenant ? tenants : [null])
                changed += await Column(column, tenant);
            progress?.Invoke($"{column.Name}: {changed} sealed again with the key {secrets.Newest}");
            count += changed;
        }
        return count;
    }

    private async Task<int> Column(SealedColumn column, int? tenant)
    {
        var count = 0;
        var after = Guid.Empty;
        while (true)
        {
            await using var db = dbs.Open(tenant is { } own ? DbScope.ForTenant(own) : DbScope.NoTenant);
            var rows = await column.Read(db, after);
            foreach (var row in rows.Where(row => Secrets.KeyOf(row.Box) != secrets.Newest))
                count += await column.Write(db, row, secrets.Seal(secrets.Open(row.Box, row.Purpose), row.Purpose));
            await db.Commit();
            if (rows.Count == 0)
                return count;
            after = rows[^1].Id;
        }
    }

    // Tenant 0 is the installation itself.
    private async Task<List<int?>> Tenants()
    {
        await using var command = databases.Owner.CreateCommand("select tenant_id from company.tenant order by tenant_id");
        await using var reader = await command.ExecuteReaderAsync();
        var tenants = new List<int?> { 0 };
        while (await reader.ReadAsync())
            tenants.Add(reader.GetInt32(0));
        return tenants;
    }
}
