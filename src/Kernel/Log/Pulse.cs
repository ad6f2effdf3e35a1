namespace Millrace.Kernel;

/// <summary>
/// Wakes everybody who waits for something to happen; nobody misses a pulse who took <see cref="Next"/> before looking.
/// </summary>
public sealed class Pulse
{
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Next => _next.Task;

    public void Fire() =>
        Interlocked
            .Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
            .TrySetResult();

    /// <summary>Waits for the pulse taken earlier or for the time given, whichever comes first.</summary>
    public static async Task WaitAny(Task pulse, TimeSpan atMost, TimeProvider clock, CancellationToken stop)
    {
        if (pulse.IsCompleted)
            return;
        using var cancelDelay = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(pulse, Task.Delay(atMost, clock, cancelDelay.Token));
        await cancelDelay.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }
}

/// <summary>
/// What happens inside this process: something was committed to the log, positions were given, a job waits.
/// </summary>
public sealed class LogSignals
{
    public Pulse Published { get; } = new();
    public Pulse Sequenced { get; } = new();
    public Pulse Enqueued { get; } = new();

    /// <summary>This process gives the positions, so that none appears without a pulse of <see cref="Sequenced"/>.</summary>
    public bool IsLeading
    {
        get => Volatile.Read(ref _isLeading);
        internal set => Volatile.Write(ref _isLeading, value);
    }

    private bool _isLeading;
}
