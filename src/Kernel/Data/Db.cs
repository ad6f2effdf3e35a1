using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>One transaction of one caller: opens with the first statement, sees one tenant, commits once or not at all.</summary>
public sealed class Db(NpgsqlDataSource source, DbScope scope, LogSignals? signals = null, string? eachTime = null)
    : IAsyncDisposable
{
    // Sent in one round trip with the next statement.
    private readonly List<Sent> _ahead = [];
    private NpgsqlConnection? _connection;
    private string? _transaction;
    private Dictionary<string, long>? _published;
    private bool _hasEnqueued;
    private bool _finished;
    private bool _mayMissStatements;

    public DbScope Scope { get; private set; } = scope;

    public async Task<List<T>> Query<T>(Sql sql)
    {
        await using var reader = await Read(sql);
        var rows = new List<T>();
        if (reader.FieldCount > 0)
        {
            var read = Rows.Reader<T>(reader);
            while (await reader.ReadAsync())
                rows.Add(read(reader));
        }
        return rows;
    }

    /// <summary>The rows as they come, for results that are larger than memory and for those of no type.</summary>
    internal Task<NpgsqlDataReader> Read(Sql sql) => Run(new Sent(sql.ToCommand(), Returns: false));

    /// <summary>The rows of a statement that goes out with the next one: many of them cost one round trip.</summary>
    public Later<T> Later<T>(Sql sql)
    {
        var later = new Later<T>();
        _ahead.Add(new Sent(sql.ToCommand(), Returns: true, later.Take));
        return later;
    }

    /// <summary>A change that goes out with the next statement, or with the commit; what it violates is said there.</summary>
    public void Later(Sql sql) => _ahead.Add(new Sent(sql.ToCommand(), Returns: false));

    /// <summary>Sends what waits to go out.</summary>
    public async Task Send()
    {
        if (_ahead.Count > 0)
            await Drain(await Run());
    }

    /// <summary>The only row; a bug if there is none or more than one.</summary>
    public async Task<T> One<T>(Sql sql) =>
        await Query<T>(sql) is [var row] ? row : throw new InvalidOperationException("Expected exactly one row.");

    /// <summary>The first row, or the default of the type when there is none.</summary>
    public async Task<T?> Find<T>(Sql sql) => await Query<T>(sql) is [var row, ..] ? row : default;

    public async Task<int> Execute(Sql sql)
    {
        var command = sql.ToCommand();
        await Drain(await Run(new Sent(command, Returns: false)));
        return (int)command.RecordsAffected;
    }

    /// <summary>
    /// Writes events to the log in the order given. Call it after the locks are held: position follows lock order.
    /// </summary>
    public Task Publish(params IReadOnlyList<IEvent> events)
    {
        PublishLater([.. events.Select(one => (one, Scope.Hand))]);
        return Send();
    }

    /// <summary>The same for many hands in one transaction, with the next statement or the commit.</summary>
    public void PublishLater(IReadOnlyList<(IEvent Event, Hand By)> events)
    {
        if (events.Count == 0)
            return;
        var types = events.Select(one => EventTypes.Of(one.Event)).ToArray();
        var names = types.Select(type => type.Name).ToArray();
        var versions = types.Select(type => type.Version).ToArray();
        var aggregates = events.Select(one => one.Event.Aggregate).ToArray();
        var actors = events.Select(one => one.By.Actor).ToArray();
        var requests = events.Select(one => one.By.Request).ToArray();
        var payloads = events
            .Select(one => new Json(JsonSerializer.Serialize(one.Event, one.Event.GetType(), Wire.Options)))
            .ToArray();
        Later(
            $"""
            insert into kernel.event (tenant_id, type, version, aggregate, actor, request, payload)
            select {Scope.Tenant}, type, version, aggregate, actor, request, payload
            from unnest({names}, {versions}, {aggregates}, {actors}, {requests}, {payloads}) with ordinality
                as e (type, version, aggregate, actor, request, payload, n)
            order by n
            """
        );
        _published ??= new(StringComparer.Ordinal);
        foreach (var (name, one) in names.Zip(events))
            _published[name] = _published.GetValueOrDefault(name) + one.Event.Counts;
    }

    /// <summary>The identity of this transaction, remembered so that a COMMIT whose answer is lost can be decided.</summary>
    public void Remember(string transaction) => _transaction = transaction;

    /// <summary>Commits. An aborted transaction fails here and is never taken for a success.</summary>
    public async Task Commit()
    {
        if (_finished)
            throw new InvalidOperationException("This transaction has ended.");
        if (_connection is null && _ahead.Count == 0)
        {
            _finished = true;
            return;
        }
        try
        {
            // PostgreSQL answers COMMIT of an aborted transaction with ROLLBACK and no error; the select before it raises
            // instead.
            _ahead.Add(new Sent(new NpgsqlBatchCommand("select 1"), Returns: true));
            await Drain(await Run(new Sent(new NpgsqlBatchCommand("commit"), Returns: false)));
        }
        catch (NpgsqlException lost)
            when (lost is not PostgresException || lost is PostgresException { SqlState: "57P01" or Pooler.Gone })
        {
            await DecideLostCommit(lost);
        }
        finally
        {
            _finished = true;
        }
        // Free for others at once: who goes on with a second transaction would else hold one connection and wait for another.
        await _connection!.DisposeAsync();
        if (_published is not null)
        {
            Counters.Published(_published);
            signals?.Published.Fire();
        }
        if (_hasEnqueued)
            signals?.Enqueued.Fire();
    }

    /// <summary>Wakes the workers of this process after the commit.</summary>
    internal void HasEnqueued() => _hasEnqueued = true;

    /// <summary>Goes on in another tenant within the same transaction; only consumers of the log do.</summary>
    internal void Enter(int tenant)
    {
        Scope = Scope with { Tenant = tenant };
        if (_connection is not null)
            Ahead($"select set_config('app.tenant_id', {Text(tenant)}, true)");
    }

    /// <summary>A statement that returns rows nobody reads, sent together with the next one.</summary>
    internal void Ahead(Sql sql) => _ahead.Add(new Sent(sql.ToCommand(), Returns: true));

    public async ValueTask DisposeAsync()
    {
        if (_connection is null)
            return;
        try
        {
            if (!_finished || _mayMissStatements)
            {
                await using var rollback = new NpgsqlCommand("rollback", _connection) { CommandTimeout = 5 };
                await rollback.ExecuteNonQueryAsync();
            }
            if (_mayMissStatements)
                _connection.UnprepareAll();
        }
        catch (Exception broken) when (broken is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and with it the transaction.
        }
        await _connection.DisposeAsync();
    }

    // Everything that waits, and at the end this one, whose rows the reader stands before.
    private async Task<NpgsqlDataReader> Run(Sent? last = null)
    {
        if (_finished)
            throw new InvalidOperationException("This transaction has ended.");
        if (_connection is null)
        {
            _connection = await source.OpenConnectionAsync();
            _ahead.Insert(0, new Sent(Begin().ToCommand(), Returns: true));
            if (eachTime is not null)
                _ahead.Insert(0, new Sent(new NpgsqlBatchCommand(eachTime), Returns: true));
            _ahead.Insert(0, new Sent(new NpgsqlBatchCommand("begin"), Returns: false));
        }
        var batch = new NpgsqlBatch(_connection);
        foreach (var one in _ahead)
            batch.BatchCommands.Add(one.Command);
        if (last is not null)
            batch.BatchCommands.Add(last.Command);
        var returning = _ahead.FindAll(one => one.Returns);
        _ahead.Clear();
        var reader = await batch.ExecuteReaderAsync();
        try
        {
            foreach (var one in returning)
            {
                if (one.Take is not null)
                    await one.Take(reader);
                await reader.NextResultAsync();
            }
            return reader;
        }
        catch
        {
            // Between the rows of one statement Npgsql does not notice that those behind it were never prepared.
            _mayMissStatements = true;
            await reader.DisposeAsync();
            throw;
        }
    }

    // To the end, so that an error of any statement is raised; disposing alone would swallow it.
    private static async Task Drain(NpgsqlDataReader reader)
    {
        await using (reader)
            while (await reader.NextResultAsync()) { }
    }

    private sealed record Sent(NpgsqlBatchCommand Command, bool Returns, Func<NpgsqlDataReader, Task>? Take = null);

    private Sql Begin()
    {
        Sql settings = $"""
            select set_config('app.tenant_id', {Text(Scope.Tenant)}, true),
                set_config('app.actor', {Scope.Actor.ToString()}, true), set_config('app.request', {Scope.Request}, true),
                set_config('lock_timeout', {Milliseconds(Scope.Patience.Lock)}, true),
                set_config('statement_timeout', {Milliseconds(Scope.Patience.Statement)}, true)
            """;
        return Scope.ByKeys ? $"{settings}, set_config('enable_seqscan', 'off', true)" : settings;
    }

    private async Task DecideLostCommit(NpgsqlException lost)
    {
        if (_transaction is not null)
            for (var attempt = 0; attempt < 5; attempt++)
            {
                var status = await TransactionStatus(_transaction);
                if (status == "committed")
                    return;
                if (status != "in progress")
                    break;
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        throw new Busy("The answer of the database was lost while saving. Send the same request again with the same key.", lost);
    }

    private async Task<string?> TransactionStatus(string transaction)
    {
        try
        {
            await using var fresh = await source.OpenConnectionAsync();
            await using var ask = new NpgsqlCommand("select pg_xact_status($1::text::xid8)", fresh);
            ask.Parameters.Add(new NpgsqlParameter<string> { TypedValue = transaction });
            return await ask.ExecuteScalarAsync() as string;
        }
        catch (NpgsqlException)
        {
            return "in progress"; // not reachable yet: asked again a few times, then the caller is told to repeat
        }
    }

    private static string Text(int? tenant) => tenant?.ToString(CultureInfo.InvariantCulture) ?? "";

    internal static string Milliseconds(TimeSpan time) =>
        ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) + "ms";
}

/// <summary>Rows that are there once the statement has been sent.</summary>
public sealed class Later<T>
{
    private List<T>? _rows;

    public IReadOnlyList<T> Rows => _rows ?? throw new InvalidOperationException("This statement has not been sent yet.");

    internal async Task Take(NpgsqlDataReader reader)
    {
        _rows = [];
        var read = Kernel.Rows.Reader<T>(reader);
        while (await reader.ReadAsync())
            _rows.Add(read(reader));
    }
}

/// <summary>Opens transactions for work that has no caller, such as consumers, jobs and the command line.</summary>
public sealed class Dbs(Databases databases, LogSignals signals)
{
    public Db Open(DbScope scope) => databases.Open(scope, signals);

    internal Db OpenBatch(DbScope scope) => databases.OpenBatch(scope, signals);
}
