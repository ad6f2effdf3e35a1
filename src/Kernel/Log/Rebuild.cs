namespace Millrace.Kernel;

/// <summary>
/// Lets a consumer handle the whole log that is kept once more, from the first position on: its effect is taken away and its
/// cursors with it, in one transaction, while it and everybody else works on.
/// </summary>
public sealed class Rebuild(Dbs dbs, Databases databases)
{
    /// <summary>What <paramref name="clear"/> does is all that is left of the consumer's effect so far.</summary>
    public async Task Run(string consumer, Func<Db, Task> clear)
    {
        await NothingParked(consumer);
        await using var db = dbs.Open(DbScope.Consumer);
        // A batch that has moved its cursor already commits first; one that has not finds its lease of an older term and is
        // taken back. Without the lock a batch could commit its effect and its cursor after both were taken away.
        await db.Execute($"lock table kernel.cursor in share row exclusive mode");
        await db.Execute(
            $"""
            update kernel.lease set term = term + 1, holder = '', until = '-infinity'
            where starts_with(name, {consumer + "/"})
            """
        );
        await db.Execute($"delete from kernel.cursor where consumer = {consumer}");
        await db.Execute($"delete from kernel.attempt where consumer = {consumer}");
        await clear(db);
        await db.Commit();
    }

    // What waits for a person would be tried again without its order.
    private async Task NothingParked(string consumer)
    {
        await using var command = databases.Relay.CreateCommand(
            "select count(*) from kernel.parked where consumer = $1 and resolved_at is null"
        );
        command.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = consumer });
        var parked = (long)(await command.ExecuteScalarAsync())!;
        if (parked > 0)
            throw new Refused(
                "log.parked",
                $"{consumer} has {parked} parked events. Try them again under Parked events, then rebuild it.",
                new { Consumer = consumer, Parked = parked }
            );
    }
}
