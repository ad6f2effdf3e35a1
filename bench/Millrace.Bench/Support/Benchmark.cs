using System.Text.Json;

namespace Millrace.Bench;

/// <summary>One benchmark's run: figures go to standard output, one JSON line each, progress goes to standard error.</summary>
internal sealed class Benchmark(string name, bool quick, string[] only)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Names =
    [
        "log    committed to delivered, with a transaction held open, the cost on writers, the drain of a backlog",
        "post   movements to vouchers from a backlog, committed to visible, the memory of the program",
        "jobs   small jobs through enqueue, run and done on two processes; from asked to started",
        "audit  the cost of the audit on a plain update",
        "backup what a backup of 5 GB costs those who work; how long it and a restore take",
        "idle   processor time and statements of the program while nothing happens",
        "auth   who calls and what they may do: a known token or session, a new token, a sign-in",
        "api    a page of a list of a million items, of a hundred, and far behind the first",
        "import a file of 100,000 items: checked, imported, taken back",
        "export a million items as CSV and as a workbook",
        "web    the first page, each further one, a document out of a list, typing, in a browser",
        "reserve reservations through HTTP against the classic transaction: --hot, --uniform, --one, or all of them",
        "confirm orders confirmed for one hot item, against reserving it: a larger verb joins the batches",
        "move   receipts and issues through HTTP, of one line and of a hundred",
        "day    45,000 movements and 10,000 reservations of a factory's day, as fast as possible",
        "asof   what lay where at a past moment, with ten million movements",
        "growth promising and moving with ten thousand, a hundred thousand and a million balances",
        "race   nothing is promised twice: more wishes than units, three processes, killed again and again",
        "start  from start to ready, bin/up on a warm clone",
    ];

    private sealed record Line(
        string Bench,
        string Metric,
        double Value,
        string Unit,
        double? Baseline,
        double? Ratio,
        string? Bar,
        bool? Ok
    );

    internal bool Quick { get; } = quick;

    /// <summary>This part, when parts were named.</summary>
    internal bool Wants(string part) => only.Length == 0 || only.Contains(part);

    /// <summary>Exit code 0 when it ran, also with bars missed; a benchmark that breaks throws.</summary>
    internal static async Task<int> Run(string name, bool quick, string[] only, Func<Benchmark, Task> run)
    {
        var bench = new Benchmark(name, quick, only);
        var began = TimeProvider.System.GetTimestamp();
        await run(bench);
        bench.Say($"done after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s");
        return 0;
    }

    internal static int List()
    {
        foreach (var line in Names)
            Console.Out.WriteLine(line);
        return 0;
    }

    internal static int Unknown()
    {
        Console.Error.WriteLine("bench NAME [--quick] [--PART], where NAME is one of:");
        List();
        return 2;
    }

    internal void Say(string progress) => Console.Error.WriteLine($"{name}: {progress} (load {Machine.Load()})");

    /// <summary>A figure without a bar.</summary>
    internal void Figure(string metric, double value, string unit, double? baseline = null, double? ratio = null) =>
        Write(new Line(name, metric, Short(value), unit, Short(baseline), Short(ratio), null, null));

    internal void AtMost(string metric, double value, string unit, double bar, double? baseline = null, double? ratio = null) =>
        Write(new Line(name, metric, Short(value), unit, Short(baseline), Short(ratio), $"<= {bar} {unit}", value <= bar));

    internal void AtLeast(string metric, double value, string unit, double bar, double? baseline = null, double? ratio = null) =>
        Write(new Line(name, metric, Short(value), unit, Short(baseline), Short(ratio), $">= {bar} {unit}", value >= bar));

    private static void Write(Line line) => Console.Out.WriteLine(JsonSerializer.Serialize(line, Options));

    private static double Short(double value) => Math.Abs(value) >= 100 ? Math.Round(value) : Math.Round(value, 3);

    private static double? Short(double? value) => value is { } known ? Short(known) : null;
}

/// <summary>Sums of samples.</summary>
internal static class Samples
{
    /// <summary>The middle one; of an even number the mean of the two in the middle, so that no round is chosen.</summary>
    internal static double Median(this IEnumerable<double> values)
    {
        var ascending = values.Order().ToArray();
        var half = ascending.Length / 2;
        return ascending.Length % 2 == 1 ? ascending[half] : (ascending[half - 1] + ascending[half]) / 2;
    }

    /// <summary>Of values in ascending order: the smallest that is not below so many per cent of them.</summary>
    internal static double Percentile(this double[] ascending, double percent) =>
        ascending[Math.Clamp((int)Math.Ceiling(ascending.Length * percent / 100) - 1, 0, ascending.Length - 1)];

    internal static double Milliseconds(long from, long to) => TimeProvider.System.GetElapsedTime(from, to).TotalMilliseconds;
}
