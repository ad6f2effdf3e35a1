using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>Where days of the log are written before they are dropped, and how many stay in the database.</summary>
public sealed record LogRetention(string? Folder, int Days)
{
    public const string FolderVariable = "MILLRACE_LOG_ARCHIVE";
    private const string DaysVariable = "MILLRACE_LOG_DAYS";
    private const int UsualDays = 400;

    /// <summary>The program's own server has the folder beside its data when nothing else is said.</summary>
    public static LogRetention FromEnvironment(string? directory) =>
        new(
            Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } given ? Path.GetFullPath(given)
                : directory is null ? null
                : Path.Combine(directory, "log-archive"),
            Environment.GetEnvironmentVariable(DaysVariable) is not { Length: > 0 } text ? UsualDays
                : int.TryParse(text, CultureInfo.InvariantCulture, out var days) && days >= TrimLog.FewestDays ? days
                : throw new InvalidOperationException(
                    $"{DaysVariable} is {text}. It must be a number from {TrimLog.FewestDays} on."
                )
        );
}

/// <summary>
/// Days of the log as files that need no database: a line of JSON for each event, compressed, and beside it a manifest with the
/// count and the hash, so that a file that was cut or changed is found when it is read.
/// </summary>
public sealed class LogArchive(string folder)
{
    private const string Format = "millrace-log-1";
    private const int Page = 10_000;

    public sealed record Manifest(
        string Format,
        DateOnly Day,
        long Events,
        long? FirstPosition,
        long? LastPosition,
        string Sha256,
        long Bytes,
        DateTimeOffset WrittenAt,
        string Program
    );

    /// <summary>An event as it stood in the log.</summary>
    public sealed record Line(
        long Position,
        long Id,
        int Tenant,
        string Type,
        short Version,
        string Aggregate,
        Guid Actor,
        string Request,
        DateTime At,
        JsonElement Payload
    );

    /// <summary>Writes a day whose every event has its position; what was written of it before is replaced.</summary>
    internal async Task<Manifest> Write(Databases databases, DateOnly day, TimeProvider clock, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var (events, first, last) = (0L, (long?)null, (long?)null);
        var partial = $"{Content(day)}.new";
        await using (var file = Create(partial))
        {
            await using (var lines = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
                for (var after = 0L; await Read(databases, day, after, stop) is { Count: > 0 } page; after = page[^1].Id)
                    foreach (var line in page)
                    {
                        await JsonSerializer.SerializeAsync(lines, line, Wire.Options, stop);
                        lines.WriteByte((byte)'\n');
                        events++;
                        first = Math.Min(first ?? line.Position, line.Position);
                        last = Math.Max(last ?? line.Position, line.Position);
                    }
            file.Flush(flushToDisk: true);
        }
        if (await Count(databases, day, stop) is var all && all != events)
            throw new InvalidOperationException($"The log of {day:yyyy-MM-dd} has {all} events, {events} came into its archive.");
        var (hash, bytes) = await Hash(partial, stop);
        File.Move(partial, Content(day), overwrite: true);
        var manifest = new Manifest(Format, day, events, first, last, hash, bytes, clock.GetUtcNow(), Version());
        await File.WriteAllTextAsync($"{About(day)}.new", JsonSerializer.Serialize(manifest, Wire.Options), stop);
        File.Move($"{About(day)}.new", About(day), overwrite: true);
        return manifest;
    }

    /// <summary>The days that were written, oldest first.</summary>
    public IReadOnlyList<Manifest> All() =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, "log-*.json")
                    .Order(StringComparer.Ordinal)
                    .Select(file => JsonSerializer.Deserialize<Manifest>(File.ReadAllText(file), Wire.Options)!),
            ]
            : [];

    /// <summary>The events of a day, after the file was found to be whole and unchanged.</summary>
    public async IAsyncEnumerable<Line> Read(DateOnly day, [EnumeratorCancellation] CancellationToken stop = default)
    {
        var manifest = await Whole(day, stop);
        await using var lines = new GZipStream(File.OpenRead(Content(day)), CompressionMode.Decompress);
        using var reader = new StreamReader(lines);
        var count = 0L;
        for (; await reader.ReadLineAsync(stop) is { } line; count++)
            yield return JsonSerializer.Deserialize<Line>(line, Wire.Options)!;
        if (count != manifest.Events)
            throw new ToolFailed($"{Content(day)} has {count} events, its manifest says {manifest.Events}.");
    }

    private async Task<Manifest> Whole(DateOnly day, CancellationToken stop)
    {
        if (!File.Exists(About(day)) || !File.Exists(Content(day)))
            throw new ToolFailed($"{folder} has no archive of {day:yyyy-MM-dd}. It has {All().Count} days.");
        var manifest = JsonSerializer.Deserialize<Manifest>(await File.ReadAllTextAsync(About(day), stop), Wire.Options)!;
        if (manifest.Format != Format)
            throw new ToolFailed($"{About(day)} has the format {manifest.Format}; this program reads {Format}.");
        if ((await Hash(Content(day), stop)).Hash != manifest.Sha256)
            throw new ToolFailed(
                $"{Content(day)} is not what its manifest says: it was cut or changed. Bring back a copy of it."
            );
        return manifest;
    }

    private static async Task<List<Line>> Read(Databases databases, DateOnly day, long after, CancellationToken stop)
    {
        await using var command = databases.Relay.CreateCommand(
            """
            select p.pos, e.id, e.tenant_id, e.type, e.version, e.aggregate, e.actor, e.request, e.at, e.payload::text
            from kernel.event e join kernel.event_pos p on p.event_day = e.day and p.event_id = e.id
            where e.day = $1 and e.id > $2 order by e.id limit $3
            """
        );
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Page });
        await using var reader = await command.ExecuteReaderAsync(stop);
        var lines = new List<Line>();
        while (await reader.ReadAsync(stop))
            lines.Add(
                new Line(
                    reader.GetInt64(0),
                    reader.GetInt64(1),
                    reader.GetInt32(2),
                    reader.GetString(3),
                    reader.GetInt16(4),
                    reader.GetString(5),
                    reader.GetGuid(6),
                    reader.GetString(7),
                    reader.GetDateTime(8),
                    JsonElement.Parse(reader.GetString(9))
                )
            );
        return lines;
    }

    private static async Task<long> Count(Databases databases, DateOnly day, CancellationToken stop)
    {
        await using var command = databases.Relay.CreateCommand("select count(*) from kernel.event where day = $1");
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    // Facts of the business, though of no person: nobody else on the machine reads them.
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private static async Task<(string Hash, long Bytes)> Hash(string path, CancellationToken stop)
    {
        await using var file = File.OpenRead(path);
        return (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop)), file.Length);
    }

    private static string Version() =>
        typeof(LogArchive).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private string Content(DateOnly day) => Path.Combine(folder, $"log-{day:yyyy-MM-dd}.ndjson.gz");

    private string About(DateOnly day) => Path.Combine(folder, $"log-{day:yyyy-MM-dd}.json");
}
