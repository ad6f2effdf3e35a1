using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// Looks once a second, for all lanes of the process together, whether a person asked to try parked events again.
/// </summary>
internal sealed class ParkedWatch(Databases databases, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _asking = new(1);
    private HashSet<string> _asked = [];
    private long _looked;

    internal async ValueTask<bool> IsAsked(string consumer, CancellationToken stop)
    {
        if (_looked == 0 || clock.GetElapsedTime(Volatile.Read(ref _looked)) > Every)
            await Look(stop);
        return Volatile.Read(ref _asked).Contains(consumer);
    }

    public void Dispose() => _asking.Dispose();

    private async Task Look(CancellationToken stop)
    {
        await _asking.WaitAsync(stop);
        try
        {
            if (_looked != 0 && clock.GetElapsedTime(_looked) <= Every)
                return;
            await using var command = databases.Relay.CreateCommand(
                "select distinct consumer from kernel.parked where resolved_at is null and retry_requested_at is not "
                    + "null limit 1000"
            );
            await using var reader = await command.ExecuteReaderAsync(stop);
            var asked = new HashSet<string>(StringComparer.Ordinal);
            while (await reader.ReadAsync(stop))
                asked.Add(reader.GetString(0));
            Volatile.Write(ref _asked, asked);
            Volatile.Write(ref _looked, clock.GetTimestamp());
        }
        finally
        {
            _asking.Release();
        }
    }
}
