namespace Millrace.Kernel;

/// <summary>A PgBouncer in transaction mode, between the program's transactions and the database; none when null.</summary>
public sealed record Pooler(string? Connection)
{
    /// <summary>What it says when it has no server connection to give, or has lost the one it gave.</summary>
    internal const string Gone = "08P01";

    public static Pooler FromEnvironment() =>
        new(Environment.GetEnvironmentVariable("MILLRACE_POOLER") is { Length: > 0 } given ? given : null);
}
