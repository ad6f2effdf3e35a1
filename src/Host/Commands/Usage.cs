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
              verify                       check every invariant; exit 1 and the differences if one fails
              token CLIENT SECRET          a token for a machine, from the running server
              keys new                     add a key to the key file; it seals from the next start on
              keys reseal                  seal every secret with the newest key
              openapi                      print the OpenAPI document

            MILLRACE_DATABASE   connection string of an existing PostgreSQL; without it the program runs one of its own
            MILLRACE_DATA       where that one keeps its files (default: ./data)
            MILLRACE_KEYS       keys for secrets, id:base64, the newest last; without it MILLRACE_KEYS_FILE names a file of mode
                                600, which is made beside the program's own database
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
}
