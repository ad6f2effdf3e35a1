using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>The name under which a kind of job waits in the database; its record holds the arguments.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class JobTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>
/// How a job is to be done. A key makes it the only one of its type while it waits or runs; a later time lets it wait.
/// </summary>
public sealed record JobOptions
{
    public string? Key { get; init; }
    public DateTimeOffset? At { get; init; }
    public int MostAttempts { get; init; } = 10;
}

/// <summary>A kind of job that a module does, and how long one of them may take at the most.</summary>
public sealed record JobDeclaration(string Type, Func<IServiceProvider, JobRun, string, Task> Work, TimeSpan Longest);

/// <summary>Jobs commit with the transaction that asks for them, and are done afterwards by any process.</summary>
public static class Jobs
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    /// <summary>What the module does when such a job comes up. What throws is tried again, later and later.</summary>
    public static void AddJob<TJob>(
        this IServiceCollection services,
        Func<IServiceProvider, JobRun, TJob, Task> work,
        TimeSpan? longest = null
    )
        where TJob : notnull =>
        services.AddSingleton(
            new JobDeclaration(
                NameOf(typeof(TJob)),
                (scope, run, arguments) => work(scope, run, JsonSerializer.Deserialize<TJob>(arguments, Wire.Options)!),
                longest ?? Longest
            )
        );

    /// <summary>Recurring work of the installation, done by one process at a time.</summary>
    public static void AddSchedule(this IServiceCollection services, Schedule schedule) => services.AddSingleton(schedule);

    /// <summary>Asks for a job in this transaction; answers with its id, or that of the open one with the same key.</summary>
    public static async Task<Guid> Enqueue<TJob>(this Db db, TJob job, JobOptions? options = null)
        where TJob : notnull => (await db.EnqueueAll([job], options))[0];

    /// <summary>Many at once, in one statement.</summary>
    public static async Task<IReadOnlyList<Guid>> EnqueueAll<TJob>(
        this Db db,
        IReadOnlyList<TJob> jobs,
        JobOptions? options = null
    )
        where TJob : notnull
    {
        if (jobs.Count == 0)
            return [];
        var how = options ?? new JobOptions();
        var type = NameOf(typeof(TJob));
        var ids = jobs.Select(_ => Guid.CreateVersion7()).ToArray();
        var arguments = jobs.Select(job => new Json(JsonSerializer.Serialize(job, Wire.Options))).ToArray();
        // Two who ask for one key at the same moment: the second waits for the first and then finds it.
        var written = await db.Query<Guid>(
            $"""
            insert into kernel.job (tenant_id, job_id, type, arguments, key, run_at, most_attempts, actor, request)
            select {db.Scope.Tenant}, id, {type}, arguments, {how.Key},
                greatest({(
                how.At ?? DateTimeOffset.UnixEpoch
            ).UtcDateTime}, clock_timestamp()), {how.MostAttempts}, {db.Scope.Actor}, {db.Scope.Request}
            from unnest({ids}, {arguments}) as j (id, arguments)
            on conflict (tenant_id, type, key) where state in ('waiting', 'running') do nothing
            returning job_id
            """
        );
        db.HasEnqueued();
        if (written.Count == jobs.Count)
            return ids;
        return
            await db.Query<Guid>(
                $"""
                select job_id from kernel.job where type = {type} and key = {how.Key} and state in ('waiting', 'running') limit 1
                """
            )
                is [var open]
            ? [open]
            : throw new Busy("The same job is just being finished. Nothing was written; try again.");
    }

    internal static string NameOf(Type type) =>
        Names.GetOrAdd(
            type,
            static missing =>
                missing.GetCustomAttribute<JobTypeAttribute>()?.Name
                ?? throw new InvalidOperationException($"{missing.Name} has no [JobType].")
        );
}

/// <summary>The job cannot be done yet, which is nobody's fault: it comes up again after a while and loses no attempt.</summary>
public sealed class TryLater(TimeSpan after, string sentence) : Exception(sentence)
{
    public TimeSpan After { get; } = after;
}

/// <summary>Another process has taken the job; what this one still writes is taken back.</summary>
public sealed class JobLost(string sentence) : Exception(sentence);
