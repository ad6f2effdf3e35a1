using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// The database is away: everything in the background notices, and one line says so. Another says when it is back.
/// </summary>
public sealed class DatabaseOutage(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private long _since;
    private long? _back;
    private bool _isAway;

    /// <summary>How long to wait before the next attempt: a second at first, five when it takes long.</summary>
    internal TimeSpan Rest
    {
        get
        {
            lock (_gate)
                return _isAway && clock.GetElapsedTime(_since) > Longest ? Longest : TimeSpan.FromSeconds(1);
        }
    }

    internal void Lost(ILogger log, string what, Exception failed)
    {
        if (!IsAway(failed))
        {
            log.LogWarning("{What} ({Reason}); it is tried again.", what, failed.Message);
            return;
        }
        lock (_gate)
        {
            // Who held a connection of before the outage notices it later than others notice its end.
            if (_isAway || (_back is { } back && clock.GetElapsedTime(back) < Longest))
                return;
            (_isAway, _since) = (true, clock.GetTimestamp());
        }
        log.LogWarning(
            "{What}: the database does not answer ({Reason}). All work goes on by itself when it does; nothing "
                + "more is said until then.",
            what,
            failed.Message
        );
    }

    // Shutting down, starting, out of connections; or no answer at all. Whatever else it says, it is there to say it.
    private static bool IsAway(Exception failed) =>
        failed is PostgresException said
            ? said.SqlState.StartsWith("57P", StringComparison.Ordinal)
                || said.SqlState.StartsWith("53", StringComparison.Ordinal)
            : failed is NpgsqlException or TimeoutException;

    internal void Back(ILogger log)
    {
        if (!_isAway)
            return;
        TimeSpan away;
        lock (_gate)
        {
            if (!_isAway)
                return;
            (_isAway, _back) = (false, clock.GetTimestamp());
            away = clock.GetElapsedTime(_since);
        }
        log.LogWarning("The database answers again after {Seconds} s; work goes on.", (long)away.TotalSeconds);
    }
}
