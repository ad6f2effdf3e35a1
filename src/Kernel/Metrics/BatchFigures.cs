using System.Diagnostics.Metrics;

namespace Millrace.Kernel;

/// <summary>How batches fare: how many requests share a commit, how long one takes, and what stood in the way.</summary>
internal sealed class BatchFigures(string name)
{
    private static readonly Histogram<int> Sizes = Counters.Source.CreateHistogram<int>(
        "millrace.batch.requests",
        description: "Requests committed together."
    );
    private static readonly Histogram<decimal> Times = Counters.Source.CreateHistogram<decimal>(
        "millrace.batch.duration",
        "s",
        "From the first statement of a batch until its commit is answered."
    );
    private static readonly Counter<long> Halvings = Counters.Source.CreateCounter<long>(
        "millrace.batch.halved",
        description: "Batches that could not be done as a whole and were taken apart."
    );
    private static readonly Counter<long> Aside = Counters.Source.CreateCounter<long>(
        "millrace.batch.set_aside",
        description: "Requests that waited outside of the batches for what somebody else held."
    );
    private static readonly Counter<long> Refusals = Counters.Source.CreateCounter<long>(
        "millrace.batch.full",
        description: "Requests told to come back because too many waited."
    );

    private readonly KeyValuePair<string, object?> _of = new("batch", name);

    internal void Done(int requests, TimeSpan took)
    {
        Sizes.Record(requests, _of);
        Times.Record((decimal)took.TotalSeconds, _of);
    }

    internal void Halved() => Halvings.Add(1, _of);

    internal void SetAside() => Aside.Add(1, _of);

    internal void Full() => Refusals.Add(1, _of);
}
