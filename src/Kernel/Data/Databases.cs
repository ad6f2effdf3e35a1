using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// The database as the program's roles see it: one pool per role, each with its limits set for the whole session.
/// </summary>
public sealed class Databases : IAsyncDisposable
{
    public const string OwnerRole = "millrace_owner";
    public const string AppRole = "millrace_app";
    public const string RelayRole = "millrace_relay";
    public const string ReportRole = "millrace_report";

    /// <summary>Batches of commands that may be under way at the same time.</summary>
    internal const int MostBatches = 8;

    private const string AppSettings =
        "-c jit=off -c plan_cache_mode=force_generic_plan -c lock_timeout=5s -c statement_timeout=10s "
        + "-c idle_in_transaction_session_timeout=15s -c timezone=UTC";

    // The log is walked along its indexes in their order. Partitions are younger than their statistics: left to choose, the
    // planner takes an empty one for granted and sorts or hashes everything that waits.
    private const string RelaySettings =
        "-c jit=off -c enable_seqscan=off -c enable_sort=off -c enable_hashjoin=off -c enable_mergejoin=off "
        + "-c plan_cache_mode=force_generic_plan -c lock_timeout=5s -c statement_timeout=30s "
        + "-c idle_in_transaction_session_timeout=15s -c timezone=UTC";
    private const string ReportSettings =
        "-c jit=off -c lock_timeout=5s -c statement_timeout=10min -c idle_in_transaction_session_timeout=10min -c timezone=UTC";
    private const string OwnerSettings =
        "-c lock_timeout=5s -c statement_timeout=10min -c idle_in_transaction_session_timeout=10min -c timezone=UTC";

    // A pool hands its sessions out in turn. Batches keep to few, whose statements are prepared and whose plans are at hand.
    private readonly NpgsqlDataSource _batches;
    private readonly NpgsqlDataSource? _pooler;

    /// <summary>With a pooler the transactions of verbs, jobs and consumers go through it; all else never does.</summary>
    public Databases(string connectionString, string? pooler = null)
    {
        Admin = connectionString;
        _pooler = pooler is null ? null : Behind(pooler);
        Owner = Pool(OwnerRole, OwnerSettings, 4, longest: 660);
        App = Pool(AppRole, AppSettings, 60 - MostBatches, longest: 90);
        _batches = Pool(AppRole, AppSettings, MostBatches, longest: 90);
        Relay = Pool(RelayRole, RelaySettings, 16, longest: 45);
        Report = Pool(ReportRole, ReportSettings, 8, longest: 660);
    }

    /// <summary>
    /// The connection string given: a login that may act as the four roles, and create them when they are missing.
    /// </summary>
    internal string Admin { get; }
    public NpgsqlDataSource Owner { get; }
    internal NpgsqlDataSource App { get; }
    internal NpgsqlDataSource Relay { get; }
    internal NpgsqlDataSource Report { get; }

    /// <summary>A transaction in the role of the app.</summary>
    internal Db Open(DbScope scope, LogSignals? signals = null) =>
        _pooler is null ? new Db(App, scope, signals) : new Db(_pooler, scope, signals, EachTime);

    /// <summary>The same for a batch of many commands.</summary>
    internal Db OpenBatch(DbScope scope, LogSignals signals) =>
        _pooler is null ? new Db(_batches, scope, signals) : Open(scope, signals);

    public async ValueTask DisposeAsync()
    {
        if (_pooler is not null)
            await _pooler.DisposeAsync();
        await _batches.DisposeAsync();
        await App.DisposeAsync();
        await Relay.DisposeAsync();
        await Report.DisposeAsync();
        await Owner.DisposeAsync();
    }

    // Behind a pooler the session is another one with each transaction, so that what a session is told at its start has to be
    // told to each transaction: the role first of all. The last word, true, ends it with the transaction.
    private static readonly string EachTime =
        $"select set_config('role', '{AppRole}', true), "
        + string.Join(
            ", ",
            from setting in AppSettings.Split("-c ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            let parts = setting.Split('=')
            select $"set_config('{parts[0]}', '{parts[1]}', true)"
        );

    private static NpgsqlDataSource Behind(string pooler) =>
        NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(pooler)
            {
                ApplicationName = "millrace app",
                Options = null,
                MaxPoolSize = 60,
                MaxAutoPrepare = 0, // a statement prepared in one session is not known in the next
                Timeout = 10,
                CommandTimeout = 90,
                NoResetOnClose = true,
                IncludeErrorDetail = false,
            }.ConnectionString
        );

    // The login may belong to several roles, but a session is one of them from its first byte to its last.
    private NpgsqlDataSource Pool(string role, string settings, int most, int longest)
    {
        var text = new NpgsqlConnectionStringBuilder(Admin)
        {
            ApplicationName = $"millrace {role["millrace_".Length..]}",
            Options = $"-c role={role} {settings}",
            MaxPoolSize = most,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            Timeout = 10,
            // Seconds, beyond every statement_timeout of the role, for a server that has vanished without a word.
            CommandTimeout = longest,
            NoResetOnClose = true,
            IncludeErrorDetail = false,
        };
        return NpgsqlDataSource.Create(text.ConnectionString);
    }
}
