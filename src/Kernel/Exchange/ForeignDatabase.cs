using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Millrace.Kernel;

/// <summary>
/// A PostgreSQL of somebody else's, for as long as one exchange takes. One statement at a time; reading changes nothing there,
/// and what is written is written in one transaction.
/// </summary>
internal sealed partial class ForeignDatabase : IAsyncDisposable
{
    private const int AtOnce = 500;
    private readonly NpgsqlConnection _connection;
    private readonly string _place;
    private NpgsqlTransaction? _transaction;

    private ForeignDatabase(NpgsqlConnection connection, string place) => (_connection, _place) = (connection, place);

    internal static async Task<ForeignDatabase> Open(ExchangeDatabase how, string password, CancellationToken stop)
    {
        var place = FormattableString.Invariant($"{how.Host}:{how.Port}");
        NpgsqlConnectionStringBuilder to = new()
        {
            Host = how.Host,
            Port = how.Port,
            Database = how.Database,
            Username = how.Username,
            Password = password,
            SslMode = how.Security == "tls" ? SslMode.VerifyFull : SslMode.Disable,
            ApplicationName = "Millrace",
            Pooling = false,
            Timeout = 10,
            CommandTimeout = 300,
        };
        var connection = new NpgsqlConnection(to.ConnectionString);
        var opened = new ForeignDatabase(connection, place);
        try
        {
            await opened.Try(async () =>
            {
                await connection.OpenAsync(stop);
                opened._transaction = await connection.BeginTransactionAsync(stop);
                return true;
            });
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>The names of the columns first, then the rows.</summary>
    internal async IAsyncEnumerable<object?[]> Read(string query)
    {
        await using var only = new NpgsqlBatch(_connection, _transaction)
        {
            BatchCommands = { new("set transaction read only") },
        };
        await Try(() => only.ExecuteNonQueryAsync());
        // A command of a batch is one statement; several would be a way out of reading only.
        await using var batch = new NpgsqlBatch(_connection, _transaction) { BatchCommands = { new(query) } };
        await using var reader = await Try(() => batch.ExecuteReaderAsync());
        if (reader.FieldCount == 0)
            throw new Refused("exchange.statement", "The query gives no rows. Begin it with select.");
        yield return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        while (await Try(() => reader.ReadAsync()))
            yield return [.. Enumerable.Range(0, reader.FieldCount).Select(at => Plain(reader, at))];
    }

    /// <summary>Every row by the statement, whose placeholders are the names of the columns; answers with how many.</summary>
    internal async Task<long> Write(string statement, IReadOnlyList<ListColumn> columns, IAsyncEnumerable<object?[]> rows)
    {
        long count = 0;
        var used = Placeholders(statement);
        var wanted = columns
            .Select((column, at) => (column, at, name: NameOf(column)))
            .Where(one => used.Contains(one.name))
            .ToList();
        await using var batch = new NpgsqlBatch(_connection, _transaction);
        await foreach (var row in rows)
        {
            var command = new NpgsqlBatchCommand(statement);
            foreach (var (column, at, name) in wanted)
                command.Parameters.Add(new NpgsqlParameter(name, TypeOf(column.Kind)) { Value = row[at] ?? DBNull.Value });
            batch.BatchCommands.Add(command);
            count++;
            if (batch.BatchCommands.Count >= AtOnce)
                await Send();
        }
        await Send();
        await Try(async () =>
        {
            await _transaction!.CommitAsync();
            return true;
        });
        return count;

        async Task Send()
        {
            if (batch.BatchCommands.Count > 0)
                await Try(() => batch.ExecuteNonQueryAsync());
            batch.BatchCommands.Clear();
        }
    }

    /// <summary>What a column is called in a statement: field.colour is @field_colour.</summary>
    internal static string NameOf(ListColumn column) => column.Name.Replace('.', '_');

    internal static HashSet<string> Placeholders(string statement) =>
        [.. Placeholder().Matches(statement).Select(one => one.Groups["name"].Value)];

    [GeneratedRegex(@"@(?<name>[A-Za-z]\w*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    private static NpgsqlDbType TypeOf(ColumnKind kind) =>
        kind switch
        {
            ColumnKind.Number => NpgsqlDbType.Numeric,
            ColumnKind.Date => NpgsqlDbType.Date,
            ColumnKind.Instant => NpgsqlDbType.TimestampTz,
            ColumnKind.Flag => NpgsqlDbType.Boolean,
            _ => NpgsqlDbType.Text,
        };

    private object? Plain(NpgsqlDataReader row, int at)
    {
        if (row.IsDBNull(at))
            return null;
        try
        {
            return row.GetValue(at) switch
            {
                bool flag => flag,
                string text => text,
                DateTime { Kind: DateTimeKind.Utc } instant => instant,
                DateTime day when day.TimeOfDay == TimeSpan.Zero => DateOnly.FromDateTime(day),
                DateTime instant => instant,
                DateOnly day => day,
                Guid id => id.ToString(),
                IConvertible number => Convert.ToDecimal(number, CultureInfo.InvariantCulture),
                _ => throw new InvalidCastException(),
            };
        }
        catch (Exception odd) when (odd is InvalidCastException or OverflowException or FormatException)
        {
            throw new Refused(
                "exchange.statement",
                $"{_place} gives {row.GetName(at)} as {row.GetDataTypeName(at)}, which is not taken. "
                    + "Cast it to text in the query."
            );
        }
    }

    // What it says of a statement is somebody's mistake; that it cannot be reached passes.
    private async Task<TResult> Try<TResult>(Func<Task<TResult>> step)
    {
        try
        {
            return await step();
        }
        catch (PostgresException said) when (!said.IsTransient)
        {
            throw new Refused("exchange.statement", $"{_place} says: {said.MessageText} ({said.SqlState}).");
        }
        catch (NotSupportedException)
        {
            throw new Refused(
                "exchange.statement",
                "There is more than one statement. An exchange has one, without a semicolon."
            );
        }
        catch (Exception lost) when (lost is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new Busy(
                Distrust.Reason(lost, _place) is { } reason
                    ? $"{_place} {reason}"
                    : $"{_place} cannot be reached: {lost.Message} Nothing was changed.",
                lost
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
