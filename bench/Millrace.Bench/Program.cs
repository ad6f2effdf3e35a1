using System.Globalization;
using Millrace.Bench;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var quick = args.Contains("--quick");
return args.Where(word => word != "--quick").ToArray() switch
{
    ["log"] => await Benchmark.Run("log", quick, LogBench.Run),
    ["post"] => await Benchmark.Run("post", quick, PostBench.Run),
    ["jobs"] => await Benchmark.Run("jobs", quick, JobsBench.Run),
    ["audit"] => await Benchmark.Run("audit", quick, AuditBench.Run),
    ["backup"] => await Benchmark.Run("backup", quick, BackupBench.Run),
    ["idle"] => await Benchmark.Run("idle", quick, IdleBench.Run),
    ["start"] => await Benchmark.Run("start", quick, StartBench.Run),
    ["api"] => await Benchmark.Run("api", quick, ApiBench.Run),
    ["import"] => await Benchmark.Run("import", quick, ImportBench.Run),
    ["export"] => await Benchmark.Run("export", quick, ExportBench.Run),
    ["web"] => await Benchmark.Run("web", quick, WebBench.Run),
    ["auth"] => await Benchmark.Run("auth", quick, AuthBench.Run),
    ["child", var work, .. var rest] => await Child.Run(work, rest),
    [] => Benchmark.List(),
    _ => Benchmark.Unknown(),
};
