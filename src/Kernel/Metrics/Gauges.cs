using System.Diagnostics.Metrics;

namespace Millrace.Kernel;

/// <summary>The latest sample as metrics, shown by the process that took it; the others show none of these.</summary>
internal sealed class Gauges : IDisposable
{
    private readonly Meter _meter = new("Millrace.Installation");
    private volatile Figures? _sample;

    internal Gauges()
    {
        Log();
        Work();
        Database();
        Disk();
        Backup();
    }

    internal void Show(Figures? sample) => _sample = sample;

    public void Dispose() => _meter.Dispose();

    private void Log()
    {
        One("millrace.log.head", null, "The last position given.", s => s.Log.Head);
        One("millrace.log.sequenced", null, "1 when a process gives positions.", s => s.Log.IsSequenced ? 1 : 0);
        Seconds("millrace.log.unsequenced", "How long the oldest event without a position waits.", s => s.Log.UnsequencedSeconds);
        Many(
            "millrace.log.lag.positions",
            null,
            "Positions between a consumer and the head.",
            s => s.Log.Consumers.Select(one => Tagged(one.Positions, "consumer", one.Consumer))
        );
        Many(
            "millrace.log.lag",
            "s",
            "How long a consumer has been behind the head.",
            s => s.Log.Consumers.Select(one => Tagged(decimal.ToDouble(one.Seconds), "consumer", one.Consumer))
        );
        One("millrace.log.parked", null, "Events that wait for a person.", s => s.Log.Parked);
        Many(
            "millrace.partitions.ahead",
            null,
            "Partitions ready ahead.",
            s => s.Partitions.Select(one => Tagged((long)one.Ahead, "table", one.Table))
        );
    }

    private void Work()
    {
        Many("millrace.jobs.due", null, "Jobs that wait and are due.", s => Known(s.Work?.Due));
        Many("millrace.jobs.running", null, "Jobs being done.", s => Known(s.Work?.Running));
        Many("millrace.jobs.failed_hour", null, "Jobs given up within the last hour.", s => Known(s.Work?.Failed));
        Seconds("millrace.jobs.late", "How long the oldest due job has waited.", s => s.Work?.LateSeconds ?? 0);
        Many("millrace.mails.due", null, "Mails that wait and are due.", s => Known(s.Work?.MailsDue));
    }

    private void Database()
    {
        One("millrace.db.connections", null, "Connections in use, of all programs.", s => s.Database.Connections);
        One("millrace.db.connections.most", null, "Connections the server takes.", s => s.Database.MostConnections);
        Seconds("millrace.db.transaction.longest", "Age of the oldest transaction.", s => s.Database.LongestTransactionSeconds);
        Seconds(
            "millrace.db.idle_in_transaction.longest",
            "How long a session has been idle inside a transaction.",
            s => s.Database.LongestIdleInTransactionSeconds
        );
        One("millrace.db.statements.slow", null, "Statements running for over a second.", s => s.Database.SlowNow);
        Many(
            "millrace.db.statements.slow_kinds",
            null,
            "Kinds of statements that take over a second on average.",
            s => Known(s.Database.SlowStatements)
        );
        One("millrace.db.size", "By", "Size of the database.", s => s.Database.Bytes);
        One("millrace.db.wal.position", "By", "Bytes written to the write-ahead log so far.", s => s.Database.WalBytes);
        One("millrace.db.replicas", null, "Replicas connected.", s => s.Database.Replicas);
        Seconds("millrace.db.replication.lag", "How far the slowest replica is behind.", s => s.Database.ReplicationLagSeconds);
        Many(
            "millrace.db.checkpoints.done",
            null,
            "Checkpoints so far, by what asked for them.",
            s =>
                new[]
                {
                    Tagged(s.Database.CheckpointsTimed, "asked_by", "clock"),
                    Tagged(s.Database.CheckpointsForced, "asked_by", "load"),
                }
        );
        One("millrace.db.checkpoints.forced_hour", null, "Forced checkpoints in the last hour.", s => s.Database.ForcedLastHour);
        Many(
            "millrace.db.tuples.dead",
            null,
            "Dead rows of the tables with most of them.",
            s => s.Tables.Select(one => Tagged(one.Dead, "table", one.Table))
        );
        Many(
            "millrace.db.tuples.live",
            null,
            "Live rows of the tables with most dead ones.",
            s => s.Tables.Select(one => Tagged(one.Live, "table", one.Table))
        );
    }

    private void Disk()
    {
        Many("millrace.disk.size", "By", "Size of the database's disk.", s => Known(s.Disk?.Bytes));
        Many("millrace.disk.free", "By", "Free on the database's disk.", s => Known(s.Disk?.Free));
        Many("millrace.disk.days_until_full", null, "Days until it is full, as it fills now.", s => Known(s.Disk?.DaysUntilFull));
    }

    private void Backup()
    {
        Seconds("millrace.backup.age", "Time since the last good backup.", s => (s.Backup?.BackupHours ?? 0) * 3600);
        Seconds(
            "millrace.drill.age",
            "Time since a backup was last proved by a restore.",
            s => (s.Backup?.DrillDays ?? 0) * 86400
        );
        Many("millrace.backup.failed", null, "Backups and drills that failed since a good one.", s => Known(s.Backup?.Failed));
        Seconds(
            "millrace.backup.archive_stands",
            "How long the write-ahead log has not been archived.",
            s => s.Backup?.ArchiveStandsSeconds ?? 0
        );
    }

    private static IEnumerable<Measurement<long>> Known(long? value) => value is { } known ? [new Measurement<long>(known)] : [];

    private static Measurement<T> Tagged<T>(T value, string tag, string name)
        where T : struct => new(value, new KeyValuePair<string, object?>(tag, name));

    private void One(string name, string? unit, string what, Func<Figures, long> figure) =>
        Many(name, unit, what, sample => Known(figure(sample)));

    private void Seconds(string name, string what, Func<Figures, decimal> figure) =>
        Many(name, "s", what, sample => Enumerable.Repeat(Measured(decimal.ToDouble(figure(sample))), 1));

    private static Measurement<T> Measured<T>(T value)
        where T : struct => new(value);

    private void Many<T>(string name, string? unit, string what, Func<Figures, IEnumerable<Measurement<T>>> figures)
        where T : struct => _meter.CreateObservableGauge(name, () => _sample is { } sample ? figures(sample) : [], unit, what);
}
