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
    DiskState? Disk,
    WorkState? Work = null,
    BackupState? Backup = null
);

/// <summary>
/// When the last good backup and the last good drill ended, how many failed since, how long the log has not been archived.
/// </summary>
public sealed record BackupState(
    DateTime? LastBackupAt,
    DateTime? LastDrillAt,
    decimal BackupHours,
    decimal DrillDays,
    long Failed,
    decimal ArchiveStandsSeconds
);

/// <summary>Jobs of all tenants: what is due, what runs, what failed within the hour, how late the oldest is.</summary>
public sealed record WorkState(long Due, long Running, long Failed, decimal LateSeconds, long MailsDue);

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

    /// <summary>Who is told of alerts by mail, through the installation's mail server.</summary>
    public IReadOnlyList<string> MailTo { get; init; } = [];

    /// <summary>In which language: en or tr.</summary>
    public string MailLanguage { get; init; } = "en";

    public static ObserveSettings FromEnvironment() =>
        new()
        {
            Every = Seconds("MILLRACE_SAMPLE_SECONDS") ?? new ObserveSettings().Every,
            MailTo =
            [
                .. (Environment.GetEnvironmentVariable("MILLRACE_ALERT_MAIL") ?? "")
                    .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(Address),
            ],
            MailLanguage = Environment.GetEnvironmentVariable("MILLRACE_ALERT_LANGUAGE") == "tr" ? "tr" : "en",
        };

    private static TimeSpan? Seconds(string variable) =>
        Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text ? null
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
        : throw new InvalidOperationException($"{variable} is {text}. It must be a number from 1 to 3600.");

    private static string Address(string text)
    {
        try
        {
            return Mails.Address(text, "MILLRACE_ALERT_MAIL");
        }
        catch (Invalid wrong)
        {
            throw new InvalidOperationException($"{wrong.Message} It holds {text}.", wrong);
        }
    }
}
