using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>
/// The audit of a span of time with its chain, a line of JSON for each change: whoever has the file reckons the hashes again
/// without this program. Read some thousand changes at a time, each time in a transaction of its own, because what is chained
/// never changes and a slow reader must not hold one open.
/// </summary>
public sealed class AuditExport(Dbs dbs, DbScope scope, AuditSpan span) : IResult
{
    public const string Permission = "kernel.audit.export";
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private const int Most = 5000;

    private const string Check =
        "For each block: sha256 of a change is the SHA-256 of its text in stored (UTF-8); digest is the SHA-256 of these, one "
        + "after the other in the order of the lines, also those outside the span; hash is the SHA-256 of previousHash, the "
        + "number of the block as eight bytes (big-endian) and digest. previousHash is the hash of the block before. "
        + "before and after are what stored says, with the personal data opened that is still there.";

    private readonly DbScope _scope = scope with { Patience = Patience.Background };

    private sealed record Ends(long First, long Last, string? Previous);

    private sealed record Block(long Number, string Digest, string Hash, int Rows);

    private sealed record Change(
        long Block,
        long Id,
        DateTime At,
        Guid Actor,
        string Request,
        string Entity,
        string Key,
        string Kind,
        bool Inside,
        string Sha256,
        string? Stored,
        string? Before,
        string? After
    );

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        SafeDownload.Say(httpContext, "application/x-ndjson", span.FileName, size: null);
        await using var lines = new JsonLines(httpContext.Response.Body, httpContext.RequestAborted);
        await lines.Write(
            new
            {
                Line = "export",
                span.About,
                Check,
            }
        );
        foreach (var actor in span.Actors)
            await lines.Write(actor);
        var ends = await ReadEnds();
        var (next, previous, changes) = (ends.First, ends.Previous, 0);
        while (next <= ends.Last)
        {
            var (blocks, rows) = await Read(next, ends.Last);
            foreach (var block in blocks)
            {
                await lines.Write(Shown(block, previous, rows[block.Number].Count(row => row.Inside)));
                // A block of which nothing lies in the span keeps the chain whole; its rows are of no interest.
                if (rows[block.Number].Any(row => row.Inside))
                    foreach (var row in rows[block.Number])
                        await lines.Write(Shown(row));
                changes += rows[block.Number].Count(row => row.Inside);
                previous = block.Hash;
            }
            next = blocks[^1].Number + 1;
        }
        await lines.Write(
            new
            {
                Line = "end",
                Blocks = Math.Max(0, ends.Last - ends.First + 1),
                Changes = changes,
            }
        );
    }

    // What happened in the span was chained in it, or within the three days after which the chain looks back no more.
    private async Task<Ends> ReadEnds()
    {
        await using var db = dbs.Open(_scope);
        return await db.One<Ends>(
            $"""
            with ends as (
                select coalesce(min(block), 1) as first, coalesce(max(block), 0) as last from kernel.audit_block
                where made_at >= {span.From} and made_at < {span.Until} + interval '3 days')
            select first, last, encode(b.hash, 'hex') as previous
            from ends left join kernel.audit_block b on b.block = first - 1
            """
        );
    }

    private async Task<(List<Block>, ILookup<long, Change>)> Read(long next, long last)
    {
        await using var db = dbs.Open(_scope);
        var blocks = await db.Query<Block>(
            $"""
            select block as number, encode(digest, 'hex') as digest, encode(hash, 'hex') as hash, rows
            from (
                select block, digest, hash, cardinality(ids) as rows, sum(cardinality(ids)) over (order by block) as total
                from kernel.audit_block where block between {next} and {last} order by block limit {Most / 5}) b
            where total <= {Most} or block = {next}
            order by block
            """
        );
        var rows = await db.Query<Change>(
            $"""
            select b.block, a.audit_id as id, a.at, a.actor, a.request, a.entity, a.key, a.change as kind, inside,
                encode(kernel.audit_digest(a), 'hex') as sha256,
                case when inside then jsonb_build_array(a.tenant_id, a.day, a.audit_id, extract(epoch from a.at), a.actor,
                    a.request, a.entity, a.key, a.change, a.before, a.after)::text end as stored,
                case when inside then kernel.open_personal(a.before)::text end as before,
                case when inside then kernel.open_personal(a.after)::text end as after
            from kernel.audit_block b
            cross join lateral unnest(b.days, b.ids) with ordinality as entry (day, id, n)
            join kernel.audit a on a.tenant_id = b.tenant_id and a.day = entry.day and a.audit_id = entry.id
            cross join lateral (select a.at >= {span.From} and a.at < {span.Until} as inside) s
            where b.block between {next} and {blocks[^1].Number}
            order by b.block, entry.n
            """
        );
        return (blocks, rows.ToLookup(row => row.Block));
    }

    private static object Shown(Block block, string? previous, int inside) =>
        new
        {
            Line = "block",
            Block = block.Number,
            PreviousHash = previous ?? "",
            block.Digest,
            block.Hash,
            block.Rows,
            Inside = inside,
        };

    private static object Shown(Change row) =>
        !row.Inside
            ? new { Line = "outside", row.Sha256 }
            : new
            {
                Line = "change",
                row.Id,
                row.At,
                row.Actor,
                row.Request,
                row.Entity,
                row.Key,
                Change = row.Kind,
                Before = AuditJson.Of(row.Before),
                After = AuditJson.Of(row.After),
                row.Stored,
                row.Sha256,
            };
}

/// <summary>What an export is about: its first lines, and the time from which and until which a change belongs to it.</summary>
public sealed record AuditSpan(object About, IReadOnlyList<object> Actors, DateTime From, DateTime Until, string FileName);

/// <summary>Before and after as the database keeps them, for an answer.</summary>
internal static class AuditJson
{
    public static JsonElement? Of(string? text)
    {
        if (text is null)
            return null;
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

/// <summary>Writes values as lines of JSON, a good piece at a time.</summary>
internal sealed class JsonLines(Stream to, CancellationToken stop) : IAsyncDisposable
{
    private const int Piece = 64 * 1024;
    private readonly MemoryStream _waiting = new();

    internal async Task Write(object line)
    {
        JsonSerializer.Serialize(_waiting, line, line.GetType(), Wire.Options);
        _waiting.WriteByte((byte)'\n');
        if (_waiting.Length >= Piece)
            await Flush();
    }

    private async Task Flush()
    {
        await to.WriteAsync(_waiting.GetBuffer().AsMemory(0, (int)_waiting.Length), stop);
        _waiting.SetLength(0);
    }

    public async ValueTask DisposeAsync()
    {
        await Flush();
        await _waiting.DisposeAsync();
    }
}
