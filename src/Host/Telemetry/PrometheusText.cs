using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Millrace.Host;

/// <summary>All metrics in the text format of Prometheus (0.0.4), collected when they are asked for.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusText : BaseExporter<Metric>, IPullMetricExporter
{
    private const int MostMilliseconds = 2000;
    private readonly Lock _gate = new();
    private string _text = "";

    public Func<int, bool>? Collect { get; set; }

    internal string Scrape()
    {
        lock (_gate)
        {
            Collect?.Invoke(MostMilliseconds);
            return _text;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new StringBuilder(64 * 1024);
        // One name is one family, also when two libraries give it: the first one describes it.
        var families = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var metric in batch)
            if (KindOf(metric.MetricType) is { } kind)
            {
                var name = NameOf(metric, kind);
                if (families.TryAdd(name, kind))
                    text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Help(metric)}\n# TYPE {name} {kind}\n");
                else
                    continue;
                foreach (ref readonly var point in metric.GetMetricPoints())
                    Write(text, name, metric.MetricType, point);
            }
        _text = text.ToString();
        return ExportResult.Success;
    }

    private static string? KindOf(MetricType type) =>
        type switch
        {
            MetricType.LongSum or MetricType.DoubleSum => "counter",
            MetricType.LongGauge
            or MetricType.DoubleGauge
            or MetricType.LongSumNonMonotonic
            or MetricType.DoubleSumNonMonotonic => "gauge",
            MetricType.Histogram => "histogram",
            _ => null,
        };

    private static void Write(StringBuilder text, string name, MetricType type, in MetricPoint point)
    {
        var labels = Labels(point);
        if (type == MetricType.Histogram)
        {
            WriteHistogram(text, name, labels, point);
            return;
        }
        text.Append(name).Append(Braced(labels)).Append(' ');
        _ = type switch
        {
            MetricType.LongSum or MetricType.LongSumNonMonotonic => text.Append(point.GetSumLong()),
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => text.Append(Number(point.GetSumDouble())),
            MetricType.LongGauge => text.Append(point.GetGaugeLastValueLong()),
            _ => text.Append(Number(point.GetGaugeLastValueDouble())),
        };
        text.Append('\n');
    }

    private static void WriteHistogram(StringBuilder text, string name, string labels, in MetricPoint point)
    {
        long below = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            var bound = $"le=\"{Number(bucket.ExplicitBound)}\"";
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{Braced(Joined(labels, bound))} {below}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Braced(labels)} {Number(point.GetHistogramSum())}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name}_count{Braced(labels)} {point.GetHistogramCount()}\n");
    }

    private static string Number<T>(T value)
        where T : struct, IFormattable =>
        value.ToString(null, CultureInfo.InvariantCulture) switch
        {
            "Infinity" or "∞" => "+Inf",
            "-Infinity" or "-∞" => "-Inf",
            var plain => plain,
        };

    private static string NameOf(Metric metric, string kind)
    {
        var name = Plain(metric.Name);
        // Only a histogram may end so; a number of connections is db_client_connection here.
        if (kind != "histogram" && name.EndsWith("_count", StringComparison.Ordinal))
            name = name[..^"_count".Length];
        var unit = metric.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "ms" => "_milliseconds",
            _ => "",
        };
        if (!name.EndsWith(unit, StringComparison.Ordinal))
            name += unit;
        return kind == "counter" && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Labels(in MetricPoint point)
    {
        var labels = "";
        foreach (var tag in point.Tags)
            labels = Joined(
                labels,
                $"{Plain(tag.Key)}=\"{Escaped(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "")
                    .Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            );
        return labels;
    }

    private static string Help(Metric metric) =>
        Escaped(string.IsNullOrEmpty(metric.Description) ? $"{metric.Name} of {metric.MeterName}" : metric.Description);

    private static string Plain(string name) => string.Concat(name.Select(one => char.IsAsciiLetterOrDigit(one) ? one : '_'));

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Joined(string labels, string more) => labels.Length == 0 ? more : $"{labels},{more}";

    private static string Braced(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";
}
