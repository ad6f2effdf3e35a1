namespace Millrace.Tests;

/// <summary>The clock of a machine that is off by so much.</summary>
internal sealed class OffClock(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
