using Npgsql;

namespace Millrace.Kernel;

/// <summary>How far a lane has read. A step is a new row keyed by where it began, so it can be taken once.</summary>
internal sealed class Cursors(string consumer, int lane)
{
    internal Task<long> Read(Db db) =>
        db.One<long>(
            $"""
            select coalesce((select pos from kernel.cursor where consumer = {consumer} and lane = {lane}
                order by from_pos desc limit 1), 0)
            """
        );

    internal async Task Move(Db db, long from, long to, Lease lease)
    {
        try
        {
            var written = await db.Execute(
                $"""
                insert into kernel.cursor (consumer, lane, from_pos, pos, term)
                select {consumer}, {lane}, {from}, {to}, {lease.Term}
                where exists (select from kernel.lease where name = {lease.Name} and term = {lease.Term})
                """
            );
            if (written == 0)
                throw new LaneLost($"the lease of term {lease.Term} went to another process");
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new LaneLost($"another process has handled what follows position {from}");
        }
    }
}
