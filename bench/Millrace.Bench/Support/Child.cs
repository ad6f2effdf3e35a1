using System.Globalization;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>What this executable does as a process of its own, so that load and measured work do not share one.</summary>
internal static class Child
{
    internal static async Task<int> Run(string work, string[] rest)
    {
        switch (work, rest)
        {
            case ("follow", [var connection, "stamp", var file]):
                await Follower.Run(connection, services => Followers.Stamp(services, file));
                return 0;
            case ("follow", [var connection, "count", var name]):
                await Follower.Run(connection, services => Followers.Count(services, name));
                return 0;
            case ("follow", [var connection, "jobs", var file]):
                await Follower.Run(connection, services => JobsBench.Declare(services, file));
                return 0;
            case ("paced", [var connection, var first, var rate, var seconds, var file]):
                await PacedLoad.Run(connection, Number(first), Number(rate), Number(seconds), file);
                return 0;
            case ("flat", [var connection, var seconds]):
                Say(FormattableString.Invariant($"rate {await FlatLoad.Run(connection, Number(seconds))}"));
                return 0;
            case ("api", [var url, var client, var secret, var seeds, var rate, var until, var seconds]):
                await ApiLoad.Run(new Door(url, client, secret), seeds, Number(rate), until, Number(seconds));
                return 0;
            case ("receive", [var connection, var seeds, var rate, var seconds, var file]):
                await PacedReceipts.Run(connection, seeds, Number(rate), Number(seconds), file);
                return 0;
            case ("stock", [var file]):
                await StockLoad.Run(file);
                return 0;
            case ("orders", [var connection]):
                await OrderProgram.Run(connection);
                return 0;
            default:
                throw new ArgumentException($"There is no child {work} with {rest.Length} arguments.", nameof(work));
        }
    }

    internal static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    /// <summary>The database as one process of the program sees it.</summary>
    internal static (Databases Databases, Dbs Dbs) Open(string connection)
    {
        var databases = new Databases(connection);
        return (databases, new Dbs(databases, new LogSignals()));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
