namespace Millrace.Kernel;

/// <summary>How long a verb may wait: for one lock, and for one statement.</summary>
public sealed record Patience(TimeSpan Lock, TimeSpan Statement)
{
    public static readonly Patience Default = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));

    /// <summary>For work in the background, for which nobody waits at a screen.</summary>
    public static readonly Patience Background = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));
}

/// <summary>Who wants something, and the request with which they said so.</summary>
public readonly record struct Hand(Guid Actor, string Request);

/// <summary>On whose behalf a transaction runs: the wall (tenant), the hand (actor) and the trace (request).</summary>
public sealed record DbScope(int? Tenant, Guid Actor, string Request, Patience Patience)
{
    /// <summary>
    /// All its statements find rows by their keys. They are planned once for each connection, and for a table that has few rows
    /// yet the plan would read all of it, also when it has many; the checks of foreign keys are planned in the same way.
    /// </summary>
    internal bool ByKeys { get; init; }

    public Hand Hand => new(Actor, Request);

    /// <summary>Work of the program itself, such as a consumer of the log.</summary>
    public static readonly Guid System = new("00000000-0000-7000-8000-000000000001");

    public static DbScope ForTenant(int tenant, Guid? actor = null, string request = "system") =>
        new(tenant, actor ?? System, request, Patience.Default);

    public static readonly DbScope NoTenant = new(null, System, "system", Patience.Default);

    /// <summary>A consumer's batch, which enters the tenants of its events one after the other.</summary>
    internal static readonly DbScope Consumer = new(null, System, "log", Patience.Background) { ByKeys = true };
}
