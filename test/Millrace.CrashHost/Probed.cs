using Millrace.Kernel;

namespace Millrace.CrashHost;

/// <summary>An event of the tests. <paramref name="Does"/> says what its handler does while it is broken.</summary>
[EventType("Probed", 1)]
public sealed record Probed(string Note, string Document, string Does = Probed.Nothing) : IEvent
{
    public const string SeenWith = "probe.read";
    public const string Nothing = "";
    public const string Crashes = "crashes";
    public const string Throws = "throws";
    public const string IsCancelled = "is cancelled";
    public const string TakesLong = "takes long";
    public const string TimesOut = "times out";

    public string Aggregate => Document;
}
