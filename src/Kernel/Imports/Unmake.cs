using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// Deletes what an import has made, as long as nothing refers to it: all at once, and when something does, one by one, so that
/// each that has to stay is known.
/// </summary>
public static class Unmake
{
    public static async Task<IReadOnlyList<Guid>> Run(
        Db db,
        IReadOnlyList<ImportEffect> made,
        Func<Db, Guid[], int[], Task<List<Guid>>> delete
    )
    {
        if (made.Count == 0)
            return [];
        if (await Try(db, made, delete) is { } gone)
            return gone;
        if (made.Count == 1)
            return [];
        // Halves: what is free goes in large pieces, and the culprits are found in few steps.
        var half = made.Count / 2;
        return [.. await Run(db, [.. made.Take(half)], delete), .. await Run(db, [.. made.Skip(half)], delete)];
    }

    private static async Task<List<Guid>?> Try(
        Db db,
        IReadOnlyList<ImportEffect> made,
        Func<Db, Guid[], int[], Task<List<Guid>>> delete
    )
    {
        await db.Execute($"savepoint unmake");
        try
        {
            var gone = await delete(db, [.. made.Select(one => one.Target)], [.. made.Select(one => one.Version)]);
            await db.Execute($"release savepoint unmake");
            return gone;
        }
        catch (PostgresException used) when (used.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            await db.Execute($"rollback to savepoint unmake");
            return null;
        }
    }
}
