using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace Millrace.Tests;

public sealed partial class SchemaTests(Server server)
{
    private static string Committed => Path.Combine(Repository.Root, "db/schema.sql");

    /// <summary>
    /// With MILLRACE_UPDATE=1 the file is written anew; its difference is what a reviewer reads of a migration.
    /// </summary>
    [Fact]
    public async Task The_committed_schema_is_what_the_migrations_make()
    {
        await using var database = await server.NewDatabase();

        var dumped = await Dump(database);

        if (Environment.GetEnvironmentVariable("MILLRACE_UPDATE") == "1")
            await File.WriteAllTextAsync(Committed, dumped, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(Committed), $"{Committed} is missing. Run this test once with MILLRACE_UPDATE=1.");
        var committed = await File.ReadAllTextAsync(Committed, TestContext.Current.CancellationToken);
        Assert.True(committed == dumped, $"The schema differs from db/schema.sql. {FirstDifference(committed, dumped)}");
    }

    [Fact]
    public async Task The_dump_shows_a_planted_difference_and_no_partition_of_a_day()
    {
        await using var database = await server.NewDatabase();
        await database.Superuser("alter table catalog.item add planted text; grant delete on catalog.item to millrace_app");

        var dumped = await Dump(database);

        Assert.Contains("planted text", dumped, StringComparison.Ordinal);
        Assert.Contains(
            "GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE catalog.item TO millrace_app",
            dumped,
            StringComparison.Ordinal
        );
        Assert.Contains("CREATE POLICY tenant ON kernel.event", dumped, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"_20\d\d", dumped);
    }

    private static async Task<string> Dump(TestDatabase database)
    {
        var to = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo(Program("pg_dump"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            ArgumentList =
            {
                "-h",
                to.Host!,
                "-p",
                $"{to.Port}",
                "-U",
                to.Username!,
                "-d",
                to.Database!,
                "--schema-only",
                "--no-owner",
            },
        };
        var partitions = await database.Superuser<string[]>(
            """
            select array_agg(format('%I.%I', nspname, relname)) from pg_class c
            join pg_namespace n on n.oid = c.relnamespace where relispartition
            """
        );
        foreach (var partition in partitions)
            start.ArgumentList.Add($"--exclude-table={partition}");
        using var dump = Process.Start(start)!;
        var (text, errors) = (dump.StandardOutput.ReadToEndAsync(), dump.StandardError.ReadToEndAsync());
        await dump.WaitForExitAsync();
        Assert.True(dump.ExitCode == 0, await errors);
        return Blanks().Replace(Noise().Replace(await text, ""), "\n\n").Trim('\n') + "\n";
    }

    // As the program itself does: Debian keeps the commands of each version in a folder of its own.
    private static string Program(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin", name))
                .FirstOrDefault(File.Exists)
                ?? name
            : name;

    private static string FirstDifference(string committed, string dumped)
    {
        var (was, now) = (committed.Split('\n'), dumped.Split('\n'));
        var at = Enumerable
            .Range(0, Math.Min(was.Length, now.Length))
            .FirstOrDefault(line => was[line] != now[line], Math.Min(was.Length, now.Length));
        return $"Line {at + 1}: \"{was.ElementAtOrDefault(at)}\" is now \"{now.ElementAtOrDefault(at)}\". "
            + "Review it, then run this test once with MILLRACE_UPDATE=1.";
    }

    // Versions, secrets of the session and settings say nothing about the schema.
    [GeneratedRegex(
        @"^(--.*|\\(un)?restrict .*|SET .*|SELECT pg_catalog\.set_config.*)$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex Noise();

    [GeneratedRegex(@"\n{3,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blanks();
}
