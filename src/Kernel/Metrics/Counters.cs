using System.Diagnostics.Metrics;

namespace Millrace.Kernel;

/// <summary>What is counted as it happens. The events of the log are the business: a receipt is an event StockReceived.</summary>
internal static class Counters
{
    internal const string Meter = "Millrace.Kernel";
    internal static readonly Meter Source = new(Meter);
    private static readonly Counter<long> Events = Source.CreateCounter<long>(
        "millrace.events.published",
        description: "Business events committed, by type: receipts, issues, reservations, vouchers and what else there is."
    );
    private static readonly Counter<long> Refusals = Source.CreateCounter<long>(
        "millrace.refusals",
        description: "Requests to which a rule said no, by code."
    );
    private static readonly Counter<long> Faults = Source.CreateCounter<long>(
        "millrace.faults",
        description: "Faults of the program, answered with 500."
    );
    private static readonly Counter<long> BeyondLimit = Source.CreateCounter<long>(
        "millrace.requests.limited",
        description: "Requests refused because there were too many, by limit."
    );

    internal static void Published(IReadOnlyDictionary<string, long> byType)
    {
        foreach (var (type, count) in byType)
            Events.Add(count, new KeyValuePair<string, object?>("type", type));
    }

    internal static void Refused(string code) => Refusals.Add(1, new KeyValuePair<string, object?>("code", code));

    internal static void Fault() => Faults.Add(1);

    internal static void Limited(string policy) => BeyondLimit.Add(1, new KeyValuePair<string, object?>("limit", policy));
}
