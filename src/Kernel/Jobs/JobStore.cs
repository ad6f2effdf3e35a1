using Npgsql;

namespace Millrace.Kernel;

/// <summary>The door through which workers see jobs of all tenants: four functions of the database, on its clock.</summary>
internal sealed class JobStore(Databases databases, JobSettings settings)
{
    internal async Task<List<TakenJob>> Take(string worker, string[] types, int atMost, CancellationToken stop)
    {
        await using var command = databases.App.CreateCommand("select * from kernel.take_jobs($1, $2, $3, $4)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = worker });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = types });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = atMost });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = settings.Lease });
        await using var reader = await command.ExecuteReaderAsync(stop);
        var read = Rows.Reader<TakenJob>(reader);
        var taken = new List<TakenJob>();
        while (await reader.ReadAsync(stop))
            taken.Add(read(reader));
        return taken;
    }

    /// <summary>Which of these are still this worker's, and whether somebody wants them given up.</summary>
    internal async Task<Dictionary<Guid, bool>> Keep(IReadOnlyCollection<TakenJob> jobs, CancellationToken stop)
    {
        await using var command = databases.App.CreateCommand("select job_id, cancelled from kernel.keep_jobs($1, $2, $3, $4)");
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. jobs.Select(job => job.TenantId)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. jobs.Select(job => job.JobId)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. jobs.Select(job => job.Taking)] });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = settings.Lease });
        await using var reader = await command.ExecuteReaderAsync(stop);
        var kept = new Dictionary<Guid, bool>();
        while (await reader.ReadAsync(stop))
            kept[reader.GetGuid(0)] = reader.GetBoolean(1);
        return kept;
    }

    /// <summary>Puts back what vanished workers have left.</summary>
    internal async Task<int> Reclaim(CancellationToken stop)
    {
        await using var command = databases.App.CreateCommand("select kernel.reclaim_jobs()");
        return (int)(await command.ExecuteScalarAsync(stop))!;
    }

    internal async Task<List<(int Tenant, Guid Schedule)>> DueSchedules(CancellationToken stop)
    {
        await using var command = databases.App.CreateCommand("select tenant_id, schedule_id from kernel.due_schedules()");
        await using var reader = await command.ExecuteReaderAsync(stop);
        var due = new List<(int, Guid)>();
        while (await reader.ReadAsync(stop))
            due.Add((reader.GetInt32(0), reader.GetGuid(1)));
        return due;
    }
}

/// <summary>Times and sizes of the workers of one process.</summary>
public sealed record JobSettings
{
    /// <summary>How many jobs one process does at the same time.</summary>
    public int Hands { get; init; } = 8;
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a process without work asks; its own transactions wake it at once.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How soon it asks again after it had some; from there it doubles up to <see cref="Idle"/>.</summary>
    public TimeSpan Busy { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How often schedules are looked at.</summary>
    public TimeSpan Minute { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause after the first failure; it doubles up to an hour.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);
}
