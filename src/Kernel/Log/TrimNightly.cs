using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Millrace.Kernel;

/// <summary>Every night: days of the log that are old enough go into the archive and out of the database.</summary>
[JobType("log.trim")]
public sealed record TrimNightly
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    internal static void Add(IServiceCollection services)
    {
        services.AddJob<TrimNightly>((scope, run, _) => Run(scope, run), Longest);
        services.AddSchedule(new Schedule("log.trim", "15 2 * * *", new TrimNightly()));
    }

    private static async Task Run(IServiceProvider scope, JobRun run)
    {
        var retention = scope.GetRequiredService<LogRetention>();
        if (retention.Folder is null)
            return; // nobody has said where to; the log stays whole
        var far = (Done: 0L, Total: 0L);
        var trimming = scope.GetRequiredService<TrimLog>().Run(retention.Days, (days, all) => far = (days, all), run.Stop);
        await run.While(trimming, () => far);
        var done = await trimming;
        var log = scope.GetRequiredService<ILoggerFactory>().CreateLogger<TrimLog>();
        if (done.Gone.Count > 0)
            log.LogInformation("{Days} days of the log are in {Folder} now.", done.Gone.Count, retention.Folder);
        if (done.Kept is not null)
            log.LogWarning("{Reason}", done.Kept);
    }
}
