using System.Reflection;

namespace Millrace.Kernel;

/// <summary>Which of this program's migrations the database still lacks; once complete it is not asked again.</summary>
public sealed class MigrationState(IReadOnlyList<Assembly> modules)
{
    private volatile bool _complete;

    internal async Task<string?> Missing(Databases databases)
    {
        if (!_complete)
        {
            var done = new HashSet<string>(StringComparer.Ordinal);
            await using var command = databases.Owner.CreateCommand("select name from kernel.migration");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                done.Add(reader.GetString(0));
            if (Migrator.Names(modules).FirstOrDefault(name => !done.Contains(name)) is { } missing)
                return missing;
            _complete = true;
            return null;
        }
        await using var ping = databases.App.CreateCommand("select 1");
        await ping.ExecuteScalarAsync();
        return null;
    }
}
