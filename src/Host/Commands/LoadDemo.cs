using Millrace.Kernel;
using Npgsql;

namespace Millrace.Host;

/// <summary>Loads the demo companies once; a database that has them is left as it is, or begun anew when asked.</summary>
internal static class LoadDemo
{
    internal static async Task<int> Run()
    {
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        await new Migrator(database.Connection, Modules.All).Run(name => Terminal.Say($"ran {name}"));
        Demo.SignIns.Print(await Into(database.Connection, Terminal.Say));
        return 0;
    }

    /// <summary>The demo as it was on its first day: the database is made anew, as long as it holds nothing else.</summary>
    internal static async Task<int> Again()
    {
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        var names = new NpgsqlConnectionStringBuilder(database.Connection) { Pooling = false };
        var name = names.Database!;
        await using (var own = new NpgsqlConnection(names.ConnectionString))
        {
            await own.OpenAsync();
            await OnlyDemo(own, name);
        }
        names.Database = "postgres";
        await using (var server = new NpgsqlConnection(names.ConnectionString))
        {
            await server.OpenAsync();
            Terminal.Say($"making the database {name} anew");
            var quoted = new NpgsqlCommandBuilder().QuoteIdentifier(name);
            await Execute(server, $"drop database {quoted}");
            await Execute(server, $"create database {quoted}");
        }
        await new Migrator(database.Connection, Modules.All).Run();
        Demo.SignIns.Print(await Into(database.Connection, Terminal.Say));
        return 0;
    }

    internal static async Task<IReadOnlyList<string>> Into(string connection, Action<string> progress)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddModules(connection, new LogSettings());
        await using var provider = services.BuildServiceProvider();
        var demo = new Demo.DemoLoader(provider, progress);
        await demo.Run();
        return await demo.Clients();
    }

    private static async Task OnlyDemo(NpgsqlConnection own, string name)
    {
        if (await One<bool>(own, "select to_regclass('company.tenant') is not null"))
        {
            string[] demo = [Demo.PumpMaker.Company.Name, Demo.OliveMill.Company.Name];
            await using var command = new NpgsqlCommand("select name from company.tenant where name <> all ($1) limit 1", own);
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = demo });
            if (await command.ExecuteScalarAsync() is string other)
                throw new ToolFailed($"The database {name} also holds {other}, which is no demo. Nothing was changed.");
        }
        var others = await One<long>(
            own,
            "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        );
        if (others > 0)
            throw new ToolFailed(
                $"{others} connections use the database {name}. Stop Millrace and whatever else looks at it, then run this again."
            );
    }

    private static async Task<T> One<T>(NpgsqlConnection connection, string query)
    {
        await using var command = new NpgsqlCommand(query, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
