using System.Collections.Concurrent;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// To which company a warehouse belongs, which never changes: kept by each process, so that the locks and reads of a batch go out
/// together. Whether the warehouse is still in use is read each time.
/// </summary>
internal static class WarehouseCompanies
{
    private const int Most = 50_000;
    private static readonly ConcurrentDictionary<(int Tenant, Guid Warehouse), Guid> Known = new();

    private sealed record Row(Guid Id, Guid CompanyId);

    /// <summary>Those of the tenant; what does not exist here is left out.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, Guid>> Of(Db db, IEnumerable<Guid> warehouses)
    {
        var tenant = db.Scope.Tenant ?? throw new InvalidOperationException("Stock belongs to a tenant.");
        var found = new Dictionary<Guid, Guid>();
        var unknown = new List<Guid>();
        foreach (var one in warehouses.Distinct())
            if (Known.TryGetValue((tenant, one), out var company))
                found[one] = company;
            else
                unknown.Add(one);
        if (unknown.Count == 0)
            return found;
        if (Known.Count > Most)
            Known.Clear();
        var rows = await db.Query<Row>(
            $"select warehouse_id as id, company_id from inventory.warehouse where warehouse_id = any ({unknown.ToArray()})"
        );
        foreach (var row in rows)
            found[row.Id] = Known[(tenant, row.Id)] = row.CompanyId;
        return found;
    }
}
