namespace Millrace.Tests;

/// <summary>What stands in the tables of the modules, to compare before with after.</summary>
public static class Tables
{
    /// <summary>A line per table: its name, how many rows, and a digest of them all.</summary>
    public static async Task<string> Contents(this TestDatabase database, params string[] without)
    {
        var names = await database.Superuser<string[]>(
            """
            select array_agg(format('%I.%I', nspname, relname) order by nspname, relname)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where relkind in ('r', 'p') and not relispartition and nspname !~ '^(pg_|information_schema)'
            """
        );
        // How often somebody tried at the door is noted on purpose.
        var lines = names
            .Except(without, StringComparer.Ordinal)
            .Where(one => one != "identity.sign_in_guard")
            .Select(name =>
                $"""
                    select '{name} ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as line
                    from {name} t
                    """
            );
        // One statement: a connection for each table would take longer than all of them.
        return await database.Superuser<string>(
            $"select string_agg(line, chr(10) order by line) from ({string.Join("\nunion all\n", lines)}) tables"
        );
    }
}
