using Millrace.Kernel;

namespace Millrace.Host;

internal static class Usage
{
    internal static int Print()
    {
        Terminal.Error(
            """
            millrace COMMAND
              serve [--migrate] [--demo]   serve on http://127.0.0.1:$PORT (8080)
              migrate                      bring the database to this version
              demo                         load the two demo companies, once
              demo --reset                 the demo as on its first day; refused where the database holds anything else
              verify                       check every invariant; exit 1 and the differences if one fails
              trim-log [DAYS]              archive and drop days of the log older than DAYS (400) that everybody has handled
              read-log [DAY]               the archived days; the events of one, a line of JSON each
              token CLIENT SECRET          a token for a machine, from the running server
              backup                       copy the database and its keys into the backup folder, encrypted
              restore [--to MOMENT] [--from FOLDER] [--key FILE] [--into DIRECTORY]
                                           bring back the latest state, or that of a moment such as "2026-11-20 14:30"
              drill                        restore the latest backup beside the database, check every invariant, discard it
              rebase                       go on with a database that was copied here from another server
              keys new                     add a key to the key file; it seals from the next start on
              keys reseal                  seal every secret with the newest key
              openapi                      print the OpenAPI document

            MILLRACE_DATABASE   connection string of an existing PostgreSQL; without it the program runs one of its own
            MILLRACE_DATA       where that one keeps its files (default: ./data)
            MILLRACE_KEYS       keys for secrets, id:base64, the newest last; without it MILLRACE_KEYS_FILE names a file of mode
                                600, which is made beside the program's own database
            MILLRACE_LOG_ARCHIVE where old days of the log go (default: log-archive beside the data)
            MILLRACE_EXCHANGE   the folder for files of other systems; without it none are taken or sent
            MILLRACE_BACKUP     the backup folder (default: backup beside the data; better on another disk)
            MILLRACE_BACKUP_KEY the file of the key that opens backups (default: backup.key beside the data)
            """
        );
        return 2;
    }
}

/// <summary>What a person reads at the prompt; everything else goes to the log.</summary>
internal static class Terminal
{
    internal static void Say(string line) => Console.Out.WriteLine(line);

    internal static void Error(string line) => Console.Error.WriteLine(line);

    internal static void Error(IReadOnlyList<Violation> violations)
    {
        foreach (var one in violations)
            Error($"{one.Invariant}{(one.Tenant is { } tenant ? $" (tenant {tenant})" : "")}: {one.Sentence}");
    }
}
