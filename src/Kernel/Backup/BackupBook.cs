namespace Millrace.Kernel;

/// <summary>When backups were taken and proved, and how old they may be said to be; the installation's own.</summary>
internal static class BackupBook
{
    internal static async Task Note(
        Databases databases,
        string kind,
        DateTimeOffset began,
        long bytes,
        DateTimeOffset? reached,
        string? error
    )
    {
        await using var db = new Dbs(databases, new LogSignals()).Open(DbScope.NoTenant);
        await db.Execute(
            $"""
            insert into kernel.backup (kind, began_at, ended_at, bytes, reached, error)
            values ({kind}, {began.UtcDateTime}, greatest(clock_timestamp(), {began.UtcDateTime}), {bytes},
                {reached?.UtcDateTime}, left({error}, 2000))
            """
        );
        await db.Commit();
    }

    /// <summary>Hours and days count from the installation's beginning while there is none.</summary>
    internal static Task<BackupState> Read(Db db) =>
        db.One<BackupState>(
            $"""
            with first as (select min(ran_at) as at from kernel.migration),
            last as (select kind, max(ended_at) filter (where error is null) as good from kernel.backup group by kind)
            select b.good as last_backup_at, d.good as last_drill_at,
                round(extract(epoch from clock_timestamp() - coalesce(b.good, f.at)) / 3600, 1) as backup_hours,
                round(extract(epoch from clock_timestamp() - coalesce(d.good, f.at)) / 86400, 1) as drill_days,
                (select count(*) from kernel.backup k left join last l on l.kind = k.kind
                    where k.error is not null and k.ended_at > coalesce(l.good, '-infinity')) as failed,
                (select case when a.last_failed_time > coalesce(a.last_archived_time, '-infinity')
                    then round(extract(epoch from clock_timestamp() - coalesce(a.last_archived_time, a.stats_reset)))
                    else 0 end
                    from pg_stat_archiver a) as archive_stands_seconds
            from first f left join last b on b.kind = 'backup' left join last d on d.kind = 'drill'
            """
        );
}
