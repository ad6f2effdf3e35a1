using System.Globalization;

namespace Millrace.Bench;

/// <summary>
/// Receives goods at a steady rate in commits of ten documents of one line, and writes down when each was committed.
/// </summary>
internal static class PacedReceipts
{
    internal const int CommitSize = 10;
    private const int Writers = 4;

    internal sealed record Receipt(int Tenant, string Document, long Committed);

    internal static async Task Run(string connection, string seeds, int rate, int seconds, string file)
    {
        var mills = await Mill.Load(seeds);
        var (databases, dbs) = Child.Open(connection);
        await using (databases)
        {
            var commits = rate * seconds / CommitSize;
            var lines = new List<string>[commits];
            var next = -1;
            var zero = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(Writer)));
            var took = TimeProvider.System.GetElapsedTime(zero).TotalSeconds;
            await File.WriteAllLinesAsync(file, lines.SelectMany(one => one));
            Child.Say(FormattableString.Invariant($"rate {commits * CommitSize / took}"));

            async Task Writer()
            {
                while (Interlocked.Increment(ref next) is var commit && commit < commits)
                {
                    await Pace.Until(zero, TimeSpan.FromSeconds((double)commit * CommitSize / rate));
                    var mill = mills[commit % mills.Count];
                    var documents = await mill.Receive(dbs, commit * CommitSize, CommitSize, lines: 1);
                    var now = TimeProvider.System.GetTimestamp();
                    lines[commit] = [.. documents.Select(one => $"{mill.Tenant} {one} {now}")];
                }
            }
        }
    }

    internal static async Task<IReadOnlyList<Receipt>> Read(string file) =>
        [
            .. from line in await File.ReadAllLinesAsync(file)
            let words = line.Split(' ')
            select new Receipt(
                int.Parse(words[0], CultureInfo.InvariantCulture),
                words[1],
                long.Parse(words[2], CultureInfo.InvariantCulture)
            ),
        ];
}
