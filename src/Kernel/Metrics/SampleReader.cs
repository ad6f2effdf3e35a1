using Npgsql;

namespace Millrace.Kernel;

/// <summary>Takes one sample: a handful of statements that read only and are given up after five seconds.</summary>
internal sealed class SampleReader : IDisposable
{
    private static readonly string Log = Text("log");
    private static readonly string Lags = Text("lags");
    private static readonly string Partitions = Text("partitions");
    private static readonly string Database = Text("database");
    private static readonly string Tables = Text("tables");

    private readonly NpgsqlDataSource _relay;
    private readonly NpgsqlDataSource _login;
    private readonly string[] _consumers;
    private readonly TimeProvider _clock;
    private readonly bool _isHere;
    private readonly Queue<(DateTimeOffset At, long Forced)> _checkpoints = new();

    internal SampleReader(Databases databases, IEnumerable<Consumer> consumers, TimeProvider clock)
    {
        (_relay, _clock, _consumers) = (databases.Relay, clock, [.. consumers.Select(one => one.Name)]);
        // What PostgreSQL says about other sessions it says to their login, not to the roles they have taken.
        var text = new NpgsqlConnectionStringBuilder(databases.Admin)
        {
            ApplicationName = "millrace sampler",
            Options = "-c default_transaction_read_only=on -c statement_timeout=5s -c lock_timeout=1s",
            MaxPoolSize = 1,
            Timeout = 5,
            CommandTimeout = 10,
            NoResetOnClose = true,
        };
        _login = NpgsqlDataSource.Create(text.ConnectionString);
        _isHere = text.Host is { } host && (host.StartsWith('/') || host is "localhost" or "127.0.0.1" or "::1");
    }

    /// <summary>The sample, and the directory of the data when it is on this machine.</summary>
    internal async Task<(Figures Figures, string? Directory)> Read(CancellationToken stop)
    {
        var now = _clock.GetUtcNow();
        var log = await ReadLog(stop);
        await using var connection = await _login.OpenConnectionAsync(stop);
        var (database, directory) = await ReadDatabase(connection, now, stop);
        var tables = await Many(
            connection,
            Tables,
            row => new TableState(row.GetString(0), row.GetInt64(1), row.GetInt64(2)),
            stop
        );
        await using var relay = await _relay.OpenConnectionAsync(stop);
        var partitions = await Many(
            relay,
            Partitions,
            row => new PartitionReach(row.GetString(0), row.GetInt32(1)),
            stop,
            new NpgsqlParameter<long> { TypedValue = log.Head }
        );
        return (new Figures(now, log, database, tables, partitions, Disk: null), _isHere ? directory : null);
    }

    public void Dispose() => _login.Dispose();

    private async Task<LogState> ReadLog(CancellationToken stop)
    {
        await using var connection = await _relay.OpenConnectionAsync(stop);
        var (head, sequenced, waiting, parked) = (
            await Many(connection, Log, row => (row.GetInt64(0), row.GetBoolean(1), row.GetDecimal(2), row.GetInt64(3)), stop)
        )[0];
        var lags = await Many(
            connection,
            Lags,
            row => new ConsumerLag(row.GetString(0), row.GetInt64(1), decimal.Round(row.GetDecimal(2), 3)),
            stop,
            new NpgsqlParameter<string[]> { TypedValue = _consumers },
            new NpgsqlParameter<long> { TypedValue = head }
        );
        return new LogState(head, sequenced, decimal.Round(waiting, 3), lags, parked);
    }

    private async Task<(DatabaseState State, string? Directory)> ReadDatabase(
        NpgsqlConnection connection,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var checkpoints =
            connection.PostgreSqlVersion.Major >= 17
                ? "select num_timed, num_requested from pg_stat_checkpointer"
                : "select checkpoints_timed, checkpoints_req from pg_stat_bgwriter";
        var (timed, forced) = (await Many(connection, checkpoints, row => (row.GetInt64(0), row.GetInt64(1)), stop))[0];
        var (state, directory, hasStatements) = (
            await Many(
                connection,
                Database,
                row =>
                    (
                        new DatabaseState(
                            row.GetInt32(0),
                            row.GetInt32(1),
                            decimal.Round(row.GetDecimal(2), 3),
                            decimal.Round(row.GetDecimal(3), 3),
                            row.GetInt32(4),
                            SlowStatements: null,
                            row.GetInt64(5),
                            row.GetInt64(6),
                            row.GetInt32(7),
                            decimal.Round(row.GetDecimal(8), 3),
                            timed,
                            forced,
                            ForcedLastHour(now, forced)
                        ),
                        row.IsDBNull(9) ? null : row.GetString(9),
                        row.GetBoolean(10)
                    ),
                stop
            )
        )[0];
        return (hasStatements ? state with { SlowStatements = await SlowStatements(connection, stop) } : state, directory);
    }

    // Of this database, since its statistics began: kinds of statements that take longer than a second on average.
    private static async Task<int?> SlowStatements(NpgsqlConnection connection, CancellationToken stop)
    {
        try
        {
            const string slow = """
                select count(*)::int from pg_stat_statements
                where mean_exec_time > 1000 and dbid = (select oid from pg_database where datname = current_database())
                """;
            return (await Many(connection, slow, row => row.GetInt32(0), stop))[0];
        }
        catch (PostgresException)
        {
            return null; // installed, but not loaded or not for this login
        }
    }

    private int ForcedLastHour(DateTimeOffset now, long forced)
    {
        _checkpoints.Enqueue((now, forced));
        while (_checkpoints.Peek().At < now - TimeSpan.FromHours(1))
            _checkpoints.Dequeue();
        return (int)Math.Max(0, forced - _checkpoints.Peek().Forced);
    }

    private static async Task<List<T>> Many<T>(
        NpgsqlConnection connection,
        string statement,
        Func<NpgsqlDataReader, T> read,
        CancellationToken stop,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = new NpgsqlCommand(statement, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<T>();
        while (await reader.ReadAsync(stop))
            rows.Add(read(reader));
        return rows;
    }

    private static string Text(string name) =>
        SqlFile.In<SampleReader>($"Kernel/Metrics/{name}.sql").With().ToCommand().CommandText;
}
