using System.Reflection;

namespace Millrace.Kernel;

/// <summary>
/// Why the database cannot be served: which of this program's migrations it lacks (once complete it is not asked again), or that
/// it was copied here.
/// </summary>
public sealed class MigrationState(IReadOnlyList<Assembly> modules)
{
    private volatile bool _complete;

    internal async Task<string?> WhyNot(Databases databases)
    {
        if (!_complete)
        {
            var done = new HashSet<string>(StringComparer.Ordinal);
            await using var command = databases.Owner.CreateCommand("select name from kernel.migration");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                done.Add(reader.GetString(0));
            if (Migrator.Names(modules).FirstOrDefault(name => !done.Contains(name)) is { } missing)
                return $"The migration {missing} has not run. Run: millrace migrate";
            _complete = true;
        }
        return await ClusterState.WhyNot(databases);
    }
}
