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
    private static readonly TimeSpan Another = TimeSpan.FromMinutes(2);
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

    private static async Task<bool> IsSetUp(IServiceProvider scope, JobRun run)
    {
        if (new BackupFolder(scope.GetRequiredService<BackupSettings>().Folder).IsSetUp)
            return true;
        await using var db = run.Open();
        return (await BackupBook.Read(db)).LastBackupAt is null
            ? false // nobody has ever asked for one
            : throw new TryLater(
                Another,
                "This process has no backup folder, and backups were taken elsewhere: one that has does it."
            );
    }

    private static async Task Take(IServiceProvider scope, JobRun run)
    {
        if (!await IsSetUp(scope, run))
            return;
        var percent = 0;
        var taking = scope.GetRequiredService<TakeBackup>().Run(Say(scope), hurry: false, part => percent = part, run.Stop);
        await run.While(taking, () => (percent, 100));
    }

    private static async Task Try(IServiceProvider scope, JobRun run)
    {
        if (!await IsSetUp(scope, run))
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
