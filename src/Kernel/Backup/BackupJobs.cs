using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Millrace.Kernel;

/// <summary>A copy of the installation, every night.</summary>
[JobType("backup.take")]
public sealed record NightlyBackup;

/// <summary>A trial of the latest copy, every week.</summary>
[JobType("backup.drill")]
public sealed record WeeklyDrill;

/// <summary>Backups that nobody has to think of, once bin/backup has made the first.</summary>
public static class BackupJobs
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    public static void AddBackups(this IServiceCollection services, BackupSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<TakeBackup>();
        services.AddSingleton<Drill>();
        services.AddJob<NightlyBackup>((scope, run, _) => Take(scope, run), Longest);
        services.AddJob<WeeklyDrill>((scope, run, _) => Try(scope, run), Longest);
        services.AddSchedule(new Schedule("backup.take", "30 1 * * *", new NightlyBackup()));
        services.AddSchedule(new Schedule("backup.drill", "0 3 * * 0", new WeeklyDrill()));
    }

    private static bool IsSetUp(IServiceProvider scope) =>
        new BackupFolder(scope.GetRequiredService<BackupSettings>().Folder).IsSetUp;

    private static async Task Take(IServiceProvider scope, JobRun run)
    {
        if (!IsSetUp(scope))
            return;
        var percent = 0;
        var taking = scope.GetRequiredService<TakeBackup>().Run(Say(scope), hurry: false, part => percent = part, run.Stop);
        await run.While(taking, () => (percent, 100));
    }

    private static async Task Try(IServiceProvider scope, JobRun run)
    {
        if (!IsSetUp(scope))
            return;
        // Unpacked, replayed, every invariant: each sentence is a step, and how many there are is known when it is done.
        var steps = 0L;
        var drill = scope.GetRequiredService<Drill>();
        var say = Say(scope);
        await run.While(
            drill.Run(
                sentence =>
                {
                    steps++;
                    say(sentence);
                },
                run.Stop
            ),
            () => (Math.Min(steps, drill.Steps), drill.Steps)
        );
    }

    private static Action<string> Say(IServiceProvider scope)
    {
        var log = scope.GetRequiredService<ILoggerFactory>().CreateLogger("Millrace.Kernel.Backup");
        return sentence => log.LogInformation("{Sentence}", sentence);
    }
}
