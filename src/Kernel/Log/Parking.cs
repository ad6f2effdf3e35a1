using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// Keeps poison events aside together with what follows them in the same aggregate, until a person asks to try again.
/// </summary>
internal sealed class Parking(Consumer consumer, Lane lane, EventTypes types)
{
    internal const int MostCrashes = 2;

    /// <summary>
    /// Handles a run of one tenant's events as they were read. Another holder of the lane that parked one of them since has
    /// moved the cursor too, so that this transaction fails.
    /// </summary>
    internal async Task HandleRun(Db db, IReadOnlyList<LoggedEvent> run)
    {
        if (run.Any(one => one.IsBehind))
        {
            await HandleFree(db, run);
            return;
        }
        db.Enter(run[0].Tenant);
        Know(run);
        await consumer.Handle(db, run);
    }

    /// <summary>Handles a run of one tenant's events; those behind a parked one of their aggregate are parked with it.</summary>
    internal async Task HandleFree(Db db, IReadOnlyList<LoggedEvent> run)
    {
        db.Enter(run[0].Tenant);
        Know(run);
        var parked = await db.Query<string>(
            $"select distinct aggregate from kernel.parked where consumer = {consumer.Name} and resolved_at is null limit 10000"
        );
        var behind = parked.ToHashSet(StringComparer.Ordinal);
        foreach (var one in run.Where(one => behind.Contains(one.Aggregate)))
            await Park(db, consumer.Name, one, "Waits for an earlier event of the same document.");
        var free = run.Where(one => !behind.Contains(one.Aggregate)).ToList();
        if (free.Count > 0)
            await consumer.Handle(db, free);
    }

    internal static async Task Park(Db db, string consumer, LoggedEvent one, string error) =>
        await db.Execute(
            $"""
            insert into kernel.parked (tenant_id, consumer, pos, event_day, event_id, type, aggregate, error, attempts)
            values ({one.Tenant}, {consumer}, {one.Position}, {one.Day}, {one.Id}, {one.Type}, {one.Aggregate}, {Short(error)}, 1)
            on conflict (tenant_id, consumer, pos) do update set
                error = excluded.error, attempts = kernel.parked.attempts + 1, parked_at = clock_timestamp(), resolved_at = null
            """
        );

    /// <summary>Counts an attempt, and writes what is to be read if the program ends during it, before it is made.</summary>
    internal static Task Try(Db db, string consumer, LoggedEvent one) =>
        db.Execute(
            $"""
            update kernel.parked set attempts = attempts + 1, retry_requested_at = null,
                error = 'The program ended while trying this event again.'
            where consumer = {consumer} and pos = {one.Position} and resolved_at is null
            """
        );

    internal static Task FailedAgain(Db db, string consumer, LoggedEvent one, string error) =>
        db.Execute($"update kernel.parked set error = {Short(error)} where consumer = {consumer} and pos = {one.Position}");

    internal static Task AskAgain(Db db, string consumer, LoggedEvent one) =>
        db.Execute(
            $"""
            update kernel.parked set retry_requested_at = clock_timestamp()
            where consumer = {consumer} and pos = {one.Position} and resolved_at is null
            """
        );

    /// <summary>The first open event of each aggregate for which a person asked; the next follows when it is resolved.</summary>
    internal async Task<List<LoggedEvent>> AskedAgain(NpgsqlDataSource relay, CancellationToken stop)
    {
        await using var command = relay.CreateCommand(
            $"""
            select k.pos, {LogReader.Columns}, false
            from kernel.parked k join kernel.event e on e.day = k.event_day and e.id = k.event_id
            where k.consumer = $1 and k.tenant_id % $2 = $3 and k.resolved_at is null and k.retry_requested_at is not null
                and not exists (select from kernel.parked earlier where earlier.tenant_id = k.tenant_id
                    and earlier.consumer = k.consumer and earlier.aggregate = k.aggregate
                    and earlier.resolved_at is null and earlier.pos < k.pos)
            order by k.pos limit 100
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer.Name });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lane.Of });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lane.Number });
        return await LogReader.Read(command, stop);
    }

    /// <summary>Handles a parked event, closes it, and asks for the next one that waited behind it.</summary>
    internal async Task HandleParked(Db db, LoggedEvent one)
    {
        Know([one]);
        // The row is locked so that a second holder of the lane cannot handle it as well.
        var open = await db.Query<long>(
            $"""
            select pos from kernel.parked where consumer = {consumer.Name} and pos = {one.Position} and resolved_at is null
            for no key update
            """
        );
        if (open.Count == 0)
            return;
        if (consumer.Wanted.Contains(one.Type, StringComparer.Ordinal))
            await consumer.Handle(db, [one]);
        await db.Execute(
            $"""
            update kernel.parked set
                resolved_at = case when pos = {one.Position} then clock_timestamp() end,
                retry_requested_at = clock_timestamp()
            where consumer = {consumer.Name} and aggregate = {one.Aggregate} and resolved_at is null
            """
        );
    }

    private void Know(IReadOnlyList<LoggedEvent> run)
    {
        if (run.FirstOrDefault(one => !types.Knows(one.Type, one.Version)) is { } unknown)
            throw new UnknownEvent(unknown);
    }

    internal async Task<int> CountAttempt(Db db, LoggedEvent one) =>
        await db.One<int>(
            $"""
            insert into kernel.attempt as a (consumer, lane, pos, attempts)
            values ({consumer.Name}, {lane.Number}, {one.Position}, 1)
            on conflict (consumer, lane, pos) do update set attempts = a.attempts + 1
            returning a.attempts
            """
        );

    /// <summary>The program lived through it: what kept the event from being handled did not come from the event.</summary>
    internal async Task TakeBackAttempt(Dbs dbs, LoggedEvent one)
    {
        await using var db = dbs.Open(DbScope.NoTenant);
        await db.Execute(
            $"""
            update kernel.attempt set attempts = attempts - 1
            where consumer = {consumer.Name} and lane = {lane.Number} and pos = {one.Position} and attempts > 0
            """
        );
        await db.Commit();
    }

    private static string Short(string error) => error.Length <= 2000 ? error : error[..2000];
}

/// <summary>The log holds an event that this version of the program cannot read.</summary>
internal sealed class UnknownEvent(LoggedEvent one)
    : Exception($"This program does not know {one.Type} version {one.Version}. Upgrade it, then try the event again.");
