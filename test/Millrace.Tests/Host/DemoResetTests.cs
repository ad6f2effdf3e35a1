using System.Diagnostics;
using Npgsql;

namespace Millrace.Tests;

/// <summary>Whoever has tried everything begins anew; what is no demo is never touched.</summary>
public sealed class DemoResetTests(Server server)
{
    [Fact]
    public async Task The_demo_is_begun_anew_only_where_nothing_else_is_and_nobody_works()
    {
        await using var database = await server.NewDatabase();
        Assert.Equal(0, (await Run(database, "demo")).Exit);
        await using (var somebody = await database.OpenAsSuperuser())
        {
            var (exit, said) = await Run(database, "demo", "--reset");
            Assert.Equal(1, exit);
            Assert.Contains("Stop Millrace", said, StringComparison.Ordinal);
            await using var change = new NpgsqlCommand("update catalog.item set name = 'Tried'", somebody);
            await change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            NpgsqlConnection.ClearPool(somebody);
        }

        Assert.Equal(0, (await Run(database, "demo", "--reset")).Exit);

        // No more is asked of it: events get their positions when somebody serves it.
        Assert.InRange(await database.Superuser<long>("select count(*) from inventory.movement"), 6000, 8000);
        Assert.Equal(0, await database.Superuser<long>("select count(*) from catalog.item where name = 'Tried'"));
        Assert.Equal(2, await database.Superuser<long>("select count(*) from company.tenant"));
        await database.Superuser("update company.tenant set name = 'Real Pumps' where name like 'Ege%'");
        var refused = await Run(database, "demo", "--reset");
        Assert.Equal(1, refused.Exit);
        Assert.Contains("Real Pumps", refused.Said, StringComparison.Ordinal);
        Assert.Equal(2, await database.Superuser<long>("select count(*) from company.tenant"));
    }

    private static async Task<(int Exit, string Said)> Run(TestDatabase database, params string[] words)
    {
        var start = new ProcessStartInfo(ProgramProcess.Executable, words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MILLRACE_DATABASE"] = database.ConnectionString;
        using var program = Process.Start(start)!;
        var said = program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var wrong = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await program.WaitForExitAsync(patience.Token);
        return (program.ExitCode, await said + await wrong);
    }
}
