using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>Goes on with a database that was copied here from another server, such as from a dump.</summary>
internal static class Rebase
{
    internal static async Task<int> Run()
    {
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        await using var databases = new Databases(database.Connection);
        Terminal.Say(
            await ClusterState.Rebase(databases) == "same"
                ? "This server wrote the log itself; nothing had to be done."
                : "The log goes on here, behind a gap in its positions."
        );
        return 0;
    }
}
