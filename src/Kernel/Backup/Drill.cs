using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>What a drill found: how long the restore took, and how much of the latest work was in it.</summary>
public sealed record DrillResult(TimeSpan Took, DateTimeOffset? Reached, IReadOnlyList<Violation> Violations);

/// <summary>
/// A backup that was never restored is none: restores the latest state into a cluster of its own, checks every invariant there,
/// and throws it away.
/// </summary>
public sealed class Drill(
    Databases databases,
    IEnumerable<Invariant> invariants,
    BackupSettings settings,
    LogSettings log,
    TimeProvider clock
)
{
    /// <summary>Unpack, replay, give positions, and check each invariant: so many sentences at the least.</summary>
    internal int Steps { get; } = invariants.Count() + 3;

    public async Task<DrillResult> Run(Action<string>? progress = null, CancellationToken stop = default)
    {
        var began = clock.GetUtcNow();
        var place = Path.Combine(settings.Directory ?? settings.Folder, "drill");
        try
        {
            if (Directory.Exists(place))
                await Clear(place);
            var backup = new RestoreBackup(new BackupFolder(settings.Folder), settings.KeyFile, clock);
            var (restored, postgres) = await backup.Into(place, to: null, isTrial: true, progress, stop);
            IReadOnlyList<Violation> violations;
            try
            {
                violations = await RestoreBackup.Verify(restored.ConnectionString, invariants, log, progress, stop);
            }
            finally
            {
                await postgres.Kill();
            }
            await BackupBook.Note(databases, "drill", began, restored.From.Bytes, restored.LastCommit, Sentence(violations));
            return new DrillResult(clock.GetUtcNow() - began, restored.LastCommit, violations);
        }
        catch (Exception failed)
            when (failed is ToolFailed or BadKeys or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            await BackupBook.Note(databases, "drill", began, 0, null, failed.Message);
            throw;
        }
        finally
        {
            if (Directory.Exists(place))
                await Clear(place);
        }
    }

    private static string? Sentence(IReadOnlyList<Violation> violations) =>
        violations.Count == 0
            ? null
            : $"{violations.Count} invariants do not hold: {violations[0].Invariant}, {violations[0].Sentence}";

    private static async Task Clear(string place)
    {
        var postgres = PrivatePostgres.At(place);
        if (Directory.Exists(Path.Combine(place, "pg")) && await postgres.IsRunning())
            await postgres.Kill(); // left behind by a drill whose process ended
        Directory.Delete(place, recursive: true);
    }
}
