using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>Publishes events at a steady rate in commits of 50, on a schedule that does not wait for slow commits.</summary>
internal static class PacedLoad
{
    internal const int CommitSize = 50;
    internal const int Tenants = 20;
    internal const int RecordBytes = 24;
    private const int Writers = 4;
    private const int WarmUps = 30;
    internal static readonly string Text = new('x', 440);

    internal static async Task Run(string connection, long first, int rate, int seconds, string file)
    {
        var (databases, dbs) = Child.Open(connection);
        await using (databases)
        {
            var commits = rate * seconds / CommitSize;
            var times = new (long Began, long Committed)[commits];
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WarmUp)));
            var zero = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(Writer)));
            await using var stream = File.Create(file);
            for (var commit = 0; commit < commits; commit++)
            {
                stream.Write(BitConverter.GetBytes(first + ((long)commit * CommitSize)));
                stream.Write(BitConverter.GetBytes(times[commit].Began));
                stream.Write(BitConverter.GetBytes(times[commit].Committed));
            }

            async Task Writer()
            {
                while (Interlocked.Increment(ref next) is var commit && commit < commits)
                {
                    await Pace.Until(zero, TimeSpan.FromSeconds((double)commit * CommitSize / rate));
                    times[commit].Began = TimeProvider.System.GetTimestamp();
                    await using var db = dbs.Open(DbScope.ForTenant(1 + (commit % Tenants)));
                    var number = first + ((long)commit * CommitSize);
                    await db.Publish(Events(number));
                    await db.Commit();
                    times[commit].Committed = TimeProvider.System.GetTimestamp();
                }
            }

            // Connected and compiled before the schedule begins, or its first third of a second would come in one burst.
            async Task WarmUp()
            {
                for (var turn = 0; turn < WarmUps; turn++)
                {
                    await using var takenBack = dbs.Open(DbScope.ForTenant(1));
                    await takenBack.Publish(Events(first));
                }
            }
        }
    }

    private static BenchHappened[] Events(long first) =>
        [.. Enumerable.Range(0, CommitSize).Select(at => new BenchHappened(first + at, Text))];
}

/// <summary>As many commits of one event as 32 writers manage.</summary>
internal static class FlatLoad
{
    private const int Writers = 32;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Commits a second, after warming up.</summary>
    internal static async Task<double> Run(string connection, int seconds)
    {
        var (databases, dbs) = Child.Open(connection);
        await using (databases)
        {
            long committed = 0;
            var stop = false;
            var writers = Enumerable.Range(0, Writers).Select(one => Task.Run(() => Writer(one))).ToArray();
            await Task.Delay(WarmUp, TimeProvider.System);
            var (from, before) = (TimeProvider.System.GetTimestamp(), Interlocked.Read(ref committed));
            await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
            var rate = (Interlocked.Read(ref committed) - before) / TimeProvider.System.GetElapsedTime(from).TotalSeconds;
            Volatile.Write(ref stop, true);
            await Task.WhenAll(writers);
            return rate;

            async Task Writer(int one)
            {
                while (!Volatile.Read(ref stop))
                {
                    await using var db = dbs.Open(DbScope.ForTenant(1 + (one % PacedLoad.Tenants)));
                    await db.Publish(new BenchHappened(one, PacedLoad.Text));
                    await db.Commit();
                    Interlocked.Increment(ref committed);
                }
            }
        }
    }
}

/// <summary>Keeps an open schedule.</summary>
internal static class Pace
{
    internal static async Task Until(long zero, TimeSpan due)
    {
        if (due - TimeProvider.System.GetElapsedTime(zero) is { TotalMilliseconds: >= 1 } early)
            await Task.Delay(early, TimeProvider.System);
    }
}
