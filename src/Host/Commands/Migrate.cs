using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>Brings the database to this version and says each file that ran.</summary>
internal static class Migrate
{
    internal static async Task<int> Run()
    {
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        var ran = await new Migrator(database.Connection, Modules.All).Run(name => Terminal.Say($"ran {name}"));
        Terminal.Say(ran.Count == 0 ? "The database is up to date." : $"Ran {ran.Count} migrations.");
        return 0;
    }
}
