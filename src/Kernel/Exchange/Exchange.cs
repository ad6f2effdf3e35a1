using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Millrace.Kernel;

/// <summary>Files in the drop folder: those whose names are like this are taken; what is sent is called like this.</summary>
public sealed record ExchangeFiles(
    [property: Required, RegularExpression(@"^[\p{L}\p{N} _.*?{}-]{1,100}$", MatchTimeoutInMilliseconds = 100)] string Name,
    [property: OneOf("csv", "xlsx")] string Format = "csv",
    [property: OneOf("en", "tr")] string Language = "en"
);

/// <summary>
/// A database of somebody else's: rows come from a query; rows that go there are the values of a statement, each by the name of
/// its column.
/// </summary>
public sealed record ExchangeDatabase(
    [property: Required, Text(200)] string Host,
    [property: Range(1, 65535)] int Port,
    [property: Required, Text(63)] string Database,
    [property: Required, Text(63)] string Username,
    [property: OneOf("tls", "none")] string Security,
    [property: Required, Text(8000, ManyLines = true)] string Statement
);

/// <summary>How an exchange is done; one of files and database is there.</summary>
public sealed record ExchangeHow(
    ExchangeFiles? Files = null,
    ExchangeDatabase? Database = null,
    // What comes in: whether rows without faults go in where others have some, and whether known ones are changed.
    bool OnlyGood = false,
    bool MayUpdate = true,
    // What goes out: filters, order and columns, as in the address of the list.
    [property: Text(4000, MayBeEmpty = true)] string Query = ""
);

/// <summary>An exchange as its job needs it.</summary>
internal sealed record Exchange(Guid Id, string Name, string Direction, string Subject, ExchangeHow How, byte[]? Password)
{
    private sealed record Stored(Guid Id, string Name, string Direction, string Subject, string How, byte[]? Password);

    internal static async Task<Exchange?> Find(Db db, Guid id) =>
        await db.Find<Stored>(
            $"""
            select exchange_id as id, name, direction, subject, how::text as how, password from kernel.exchange
            where exchange_id = {id}
            """
        )
            is { } one
            ? new Exchange(one.Id, one.Name, one.Direction, one.Subject, HowOf(one.How), one.Password)
            : null;

    internal static ExchangeHow HowOf(string json) => JsonSerializer.Deserialize<ExchangeHow>(json, Wire.Options)!;

    internal static string Purpose(Db db, Guid id) => $"exchange/{db.Scope.Tenant}/{id}";
}

/// <summary>What an installation allows of exchange: nothing, until its administrator says where.</summary>
public sealed record ExchangeSettings
{
    /// <summary>The folder that holds a folder for each tenant.</summary>
    public string? Folder { get; init; }

    /// <summary>Hosts with their ports to which connections may be made, such as erp-old.factory:5432.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>A file that was written to more recently is still being written.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From MILLRACE_EXCHANGE and MILLRACE_EXCHANGE_HOSTS (see docs/OPERATIONS.md).</summary>
    internal static ExchangeSettings FromEnvironment() =>
        new()
        {
            Folder = Environment.GetEnvironmentVariable("MILLRACE_EXCHANGE") is { Length: > 0 } folder ? folder : null,
            Hosts = (Environment.GetEnvironmentVariable("MILLRACE_EXCHANGE_HOSTS") ?? "").Split(
                [',', ' '],
                StringSplitOptions.RemoveEmptyEntries
            ),
        };

    internal void Allow(ExchangeDatabase database)
    {
        var place = FormattableString.Invariant($"{database.Host}:{database.Port}");
        if (!Hosts.Contains(place, StringComparer.OrdinalIgnoreCase))
            throw new Refused(
                "exchange.host_not_allowed",
                $"This installation makes no connection to {place}. Its administrator allows one in MILLRACE_EXCHANGE_HOSTS.",
                new { place }
            );
    }
}
