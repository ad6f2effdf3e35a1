using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Millrace.Kernel;

/// <summary>
/// Counts requests against their limits: together with the other processes in Redis when there is one, else here.
/// When Redis is away each process counts for itself, and says so once.
/// </summary>
public sealed class Limits : IAsyncDisposable
{
    // One key a bucket, on the clock of Redis; it goes away by itself when the bucket is full again.
    private const string Script = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local step, window = tonumber(ARGV[1]), tonumber(ARGV[2])
        local from = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
        local wait = from + step - now - window
        if wait > 0 then return {0, from - now, math.ceil(wait)} end
        local full = from + step
        redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000) + 1)
        return {math.floor((window - (full - now)) / step), full - now, 0}
        """;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Buckets _local;
    private readonly RedisClient? _redis;
    private readonly TimeProvider _clock;
    private readonly ILogger<Limits> _log;
    private int _away;
    private long _failed;

    public Limits(LimitSettings settings, TimeProvider clock, ILogger<Limits> log)
    {
        (_clock, _log) = (clock, log);
        _local = new Buckets(clock);
        if (settings.Redis is { } url)
            _redis = new RedisClient(RedisAddress.Parse(url), clock);
    }

    public async ValueTask<Allowance> Take(Limit limit, string who)
    {
        if (_redis is null || IsResting)
            return _local.Take(limit, who);
        try
        {
            var answer = await _redis.Send("EVAL", Script, "1", $"millrace:limit:{limit.Policy}:{who}", Steps(limit), Window);
            if (Interlocked.Exchange(ref _away, 0) == 1)
                _log.LogInformation("Redis answers again; limits are shared with the other processes.");
            return Read(limit, answer);
        }
        catch (Exception away) when (away is RedisAway or RedisError)
        {
            Interlocked.Exchange(ref _failed, _clock.GetTimestamp());
            if (Interlocked.Exchange(ref _away, 1) == 0)
                _log.LogWarning(
                    "Redis does not answer ({Reason}). Until it does, each process counts requests for itself.",
                    away.Message
                );
            return _local.Take(limit, who);
        }
    }

    public ValueTask DisposeAsync() => _redis is null ? ValueTask.CompletedTask : _redis.DisposeAsync();

    // While Redis is away it is asked once a second, so that no request pays for it.
    private bool IsResting => Volatile.Read(ref _away) == 1 && _clock.GetElapsedTime(Interlocked.Read(ref _failed)) < Rest;

    private static string Window => Limit.Window.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture);

    private static string Steps(Limit limit) => limit.Step.TotalMicroseconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static Allowance Read(Limit limit, object? answer) =>
        answer is object?[] and [long left, long whole, long wait]
            ? new Allowance(limit, left, TimeSpan.FromMicroseconds(whole), TimeSpan.FromMicroseconds(wait))
            : throw new RedisAway("it gave an answer that is not one of ours");
}
