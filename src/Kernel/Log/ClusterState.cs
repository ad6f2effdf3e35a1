using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// Whether the server is the one that wrote the log. Positions are given from its transaction ids, so rows that were copied to
/// another one (a dump, say) are not served before a person has said that this is meant.
/// </summary>
public static class ClusterState
{
    internal const string Restored = "restored";
    internal const string Copied = "copied";

    public const string Advice =
        "This database was copied from another PostgreSQL server. If it is to be used from now on, and the other one no longer, "
        + "run: millrace rebase";

    /// <summary>What to do before this database may be served; nothing when it may.</summary>
    public static async Task<string?> WhyNot(Databases databases, CancellationToken stop = default) =>
        await Ask(databases.App, "select kernel.cluster_state()", stop) == Copied ? Advice : null;

    /// <summary>Takes this server for the one to go on with.</summary>
    public static Task<string> Rebase(Databases databases, CancellationToken stop = default) =>
        Ask(databases.Owner, "select kernel.rebase(true)", stop);

    private static async Task<string> Ask(NpgsqlDataSource source, string statement, CancellationToken stop)
    {
        await using var command = source.CreateCommand(statement);
        return (string)(await command.ExecuteScalarAsync(stop))!;
    }
}
