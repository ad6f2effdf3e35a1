using System.Globalization;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// Drops days of the log that are older than they are kept, oldest first, and stops at the first that somebody still needs.
/// Each day is written to the archive before; it goes in one transaction with its positions, or it stays as it was.
/// </summary>
public sealed class TrimLog(
    Databases databases,
    IEnumerable<Consumer> consumers,
    EventTypes types,
    LogRetention retention,
    TimeProvider clock
)
{
    /// <summary>The sequencer looks two days back.</summary>
    public const int FewestDays = 3;
    private const int MostTries = 10;

    // Whoever reads or writes the log queues up behind a lock that waits, so it waits shortly and is asked for again.
    private static readonly TimeSpan LockWait = TimeSpan.FromMilliseconds(200);
    private static readonly SqlFile Needed = SqlFile.In<TrimLog>("Kernel/Log/trim_needed.sql");

    /// <summary>Which days went, and why the next one did not.</summary>
    public sealed record Result(IReadOnlyList<DateOnly> Gone, string? Kept);

    public async Task<Result> Run(int keepDays, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        if (keepDays < FewestDays)
            throw new Refused("log.kept_shortly", $"The log is kept for {FewestDays} days at least, {keepDays} are too few.");
        if (retention.Folder is not { } folder)
            throw new Refused(
                "log.no_archive",
                $"A day of the log is written to a file before it is dropped. Name the folder in {LogRetention.FolderVariable}."
            );
        var archive = new LogArchive(folder);
        var gone = new List<DateOnly>();
        var days = await Days(keepDays, stop);
        foreach (var day in days)
        {
            progress?.Invoke(gone.Count, days.Count);
            if ((await Needs(day, stop) ?? await Drop(archive, day, stop)) is { } why)
                return new Result(
                    gone,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The log of {day:yyyy-MM-dd} and of all later days is kept: {why}."
                    )
                );
            gone.Add(day);
        }
        return new Result(gone, null);
    }

    private async Task<List<DateOnly>> Days(int keepDays, CancellationToken stop)
    {
        await using var command = databases.Owner.CreateCommand(
            """
            select substring(c.relname from '\d+$')::date from pg_inherits join pg_class c on c.oid = inhrelid
            where inhparent = 'kernel.event'::regclass
                and substring(c.relname from '\d+$')::date < (now() at time zone 'utc')::date - $1
            order by 1 limit 10000
            """
        );
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = keepDays });
        await using var reader = await command.ExecuteReaderAsync(stop);
        var days = new List<DateOnly>();
        while (await reader.ReadAsync(stop))
            days.Add(reader.GetFieldValue<DateOnly>(0));
        return days;
    }

    /// <summary>Who has still to handle an event of the day.</summary>
    private async Task<string?> Needs(DateOnly day, CancellationToken stop)
    {
        var unwanted = consumers.Select(one => types.NamesExcept(one.Wanted)).ToList();
        foreach (var (consumer, names) in consumers.Select(one => one.Name).Zip(unwanted).DefaultIfEmpty(("", [])))
        {
            await using var command = databases.Relay.CreateCommand(Needed.With().ToCommand().CommandText);
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = names });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = LogSettings.Lanes });
            if (await command.ExecuteScalarAsync(stop) is string why)
                return why;
        }
        return null;
    }

    private async Task<string?> Drop(LogArchive archive, DateOnly day, CancellationToken stop)
    {
        await archive.Write(databases, day, clock, stop);
        for (var tries = 1; ; tries++)
            try
            {
                await DropOnce(day, stop);
                return null;
            }
            catch (PostgresException held) when (held.SqlState is PostgresErrorCodes.LockNotAvailable or "40P01")
            {
                if (tries == MostTries)
                    return $"somebody works on the log without a pause. Its lock did not come {MostTries} times within "
                        + $"{LockWait.TotalMilliseconds:0} ms; look for a long report, or try it at another hour";
                await Task.Delay(LockWait, clock, stop);
            }
    }

    // Positions stay dense: what lies before the first later day goes, what stands between later ones becomes empty.
    // The lock of the whole log comes last and is held for a moment.
    private async Task DropOnce(DateOnly day, CancellationToken stop)
    {
        await using var connection = await databases.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await using var positions = new NpgsqlCommand(
            $"""
            set local lock_timeout = {(int)LockWait.TotalMilliseconds};
            delete from kernel.event_pos where pos < (select min(pos) from kernel.event_pos where event_day > '{text}');
            update kernel.event_pos set event_day = null, event_id = null, tenant_id = null where event_day = '{text}'
            """,
            connection,
            transaction
        );
        await positions.ExecuteNonQueryAsync(stop);
        await using var drop = new NpgsqlCommand($"drop table kernel.event_{day:yyyyMMdd}", connection, transaction);
        await drop.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
    }
}
