using System.Globalization;
using Millrace.Bench;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var quick = args.Contains("--quick");
var only = args.Where(word => word.StartsWith("--", StringComparison.Ordinal) && word != "--quick")
    .Select(word => word[2..])
    .ToArray();
return args.Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray() switch
{
    ["log"] => await Benchmark.Run("log", quick, only, LogBench.Run),
    ["post"] => await Benchmark.Run("post", quick, only, PostBench.Run),
    ["jobs"] => await Benchmark.Run("jobs", quick, only, JobsBench.Run),
    ["audit"] => await Benchmark.Run("audit", quick, only, AuditBench.Run),
    ["backup"] => await Benchmark.Run("backup", quick, only, BackupBench.Run),
    ["idle"] => await Benchmark.Run("idle", quick, only, IdleBench.Run),
    ["start"] => await Benchmark.Run("start", quick, only, StartBench.Run),
    ["api"] => await Benchmark.Run("api", quick, only, ApiBench.Run),
    ["import"] => await Benchmark.Run("import", quick, only, ImportBench.Run),
    ["export"] => await Benchmark.Run("export", quick, only, ExportBench.Run),
    ["web"] => await Benchmark.Run("web", quick, only, WebBench.Run),
    ["auth"] => await Benchmark.Run("auth", quick, only, AuthBench.Run),
    ["reserve"] => await Benchmark.Run("reserve", quick, only, ReserveBench.Run),
    ["confirm"] => await Benchmark.Run("confirm", quick, only, ConfirmBench.Run),
    ["move"] => await Benchmark.Run("move", quick, only, MoveBench.Run),
    ["day"] => await Benchmark.Run("day", quick, only, DayBench.Run),
    ["asof"] => await Benchmark.Run("asof", quick, only, AsOfBench.Run),
    ["growth"] => await Benchmark.Run("growth", quick, only, GrowthBench.Run),
    ["race"] => await Benchmark.Run("race", quick, only, RaceBench.Run),
    ["child", var work, .. var rest] => await Child.Run(work, rest),
    [] => Benchmark.List(),
    _ => Benchmark.Unknown(),
};
