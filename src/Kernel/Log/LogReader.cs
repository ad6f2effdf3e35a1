using Npgsql;

namespace Millrace.Kernel;

/// <summary>Reads the log by position, over all tenants, in the relay's role.</summary>
public sealed class LogReader(Databases databases)
{
    internal const string Columns = "e.day, e.id, e.tenant_id, e.type, e.version, e.aggregate, e.actor, e.at, e.payload::text";

    // In the round trip of the events, so that a lane need not ask each tenant anew for what is nearly never there.
    private const string IsBehind =
        "exists (select from kernel.parked k where k.tenant_id = e.tenant_id and k.consumer = $7 "
        + "and k.aggregate = e.aggregate and k.resolved_at is null)";
    private const string Joined = "from kernel.event_pos p join kernel.event e on e.day = p.event_day and e.id = p.event_id";

    /// <summary>The last position given.</summary>
    public async Task<long> Head(CancellationToken stop = default)
    {
        await using var command = databases.Relay.CreateCommand("select pos from kernel.event_pos order by pos desc limit 1");
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>
    /// Whether a position was given and is still kept. A reader at another one must start anew: it is below what is kept, or
    /// was lost with a restore.
    /// </summary>
    public async Task<bool> Knows(long position, CancellationToken stop = default)
    {
        await using var command = databases.Relay.CreateCommand("select exists (select from kernel.event_pos where pos = $1)");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>The first position after this one, which after a restore is far away.</summary>
    internal async Task<long> NextAfter(long position, CancellationToken stop)
    {
        await using var command = databases.Relay.CreateCommand(
            "select pos from kernel.event_pos where pos > $1 order by pos limit 1"
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
        return await command.ExecuteScalarAsync(stop) is long next ? next : position + 1;
    }

    /// <summary>Events of one lane after a position up to another, without the types that its consumer does not want.</summary>
    internal async Task<List<LoggedEvent>> Lane(
        string consumer,
        long after,
        long through,
        Lane lane,
        string[] unwanted,
        int limit,
        CancellationToken stop
    )
    {
        await using var command = databases.Relay.CreateCommand(
            $"select p.pos, {Columns}, {IsBehind} {Joined} "
                + "where p.pos > $1 and p.pos <= $2 and p.tenant_id % $3 = $4 and e.type <> all ($5) "
                + "order by p.pos limit $6"
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = through });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lane.Of });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lane.Number });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = unwanted });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
        return await Read(command, stop);
    }

    /// <summary>Events of all tenants, or of one, after a position up to another.</summary>
    internal async Task<List<LoggedEvent>> Range(long after, long through, int? tenant, int limit, CancellationToken stop)
    {
        await using var command = databases.Relay.CreateCommand(
            $"select p.pos, {Columns}, false {Joined} "
                + "where p.pos > $1 and p.pos <= $2 and ($3 = 0 or p.tenant_id = $3) order by p.pos limit $4"
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = through });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = tenant ?? 0 });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await Read(command, stop);
    }

    internal static async Task<List<LoggedEvent>> Read(NpgsqlCommand command, CancellationToken stop)
    {
        await using var reader = await command.ExecuteReaderAsync(stop);
        var events = new List<LoggedEvent>();
        while (await reader.ReadAsync(stop))
            events.Add(
                new LoggedEvent(
                    reader.GetInt64(0),
                    reader.GetFieldValue<DateOnly>(1),
                    reader.GetInt64(2),
                    reader.GetInt32(3),
                    reader.GetString(4),
                    reader.GetInt16(5),
                    reader.GetString(6),
                    reader.GetGuid(7),
                    reader.GetDateTime(8),
                    reader.GetString(9)
                )
                {
                    IsBehind = reader.GetBoolean(10),
                }
            );
        return events;
    }
}
