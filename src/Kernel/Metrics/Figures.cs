namespace Millrace.Kernel;

/// <summary>How far a consumer of the log is behind its head.</summary>
public sealed record ConsumerLag(string Consumer, long Positions, decimal Seconds);

/// <summary>How many rows of a table are alive, and how many wait to be cleaned away.</summary>
public sealed record TableState(string Table, long Live, long Dead);

/// <summary>How many partitions of a table are ready ahead of today, or of the head of the log.</summary>
public sealed record PartitionReach(string Table, int Ahead);

/// <summary>The disk on which the database lies, when it lies on this machine.</summary>
public sealed record DiskState(long Bytes, long Free, int? DaysUntilFull);

/// <summary>The installation at one moment, as one process found it; the same figures are metrics, alerts and health.</summary>
public sealed record Figures(
    DateTimeOffset At,
    LogState Log,
    DatabaseState Database,
    IReadOnlyList<TableState> Tables,
    IReadOnlyList<PartitionReach> Partitions,
    DiskState? Disk
);

/// <summary>Where the log stands: its head, what waits for a position, who is late, what is parked.</summary>
public sealed record LogState(
    long Head,
    bool IsSequenced,
    decimal UnsequencedSeconds,
    IReadOnlyList<ConsumerLag> Consumers,
    long Parked
);

/// <summary>What PostgreSQL says about itself; what its login may not see is left out.</summary>
public sealed record DatabaseState(
    int Connections,
    int MostConnections,
    decimal LongestTransactionSeconds,
    decimal LongestIdleInTransactionSeconds,
    int SlowNow,
    int? SlowStatements,
    long Bytes,
    long WalBytes,
    int Replicas,
    decimal ReplicationLagSeconds,
    long CheckpointsTimed,
    long CheckpointsForced,
    int ForcedLastHour
);

/// <summary>How often the installation is measured.</summary>
public sealed record ObserveSettings
{
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(15);

    public static ObserveSettings FromEnvironment() =>
        Environment.GetEnvironmentVariable("MILLRACE_SAMPLE_SECONDS") is not { Length: > 0 } text ? new ObserveSettings()
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 3600
            ? new ObserveSettings { Every = TimeSpan.FromSeconds(seconds) }
        : throw new InvalidOperationException($"MILLRACE_SAMPLE_SECONDS is {text}. It must be a number from 1 to 3600.");
}
