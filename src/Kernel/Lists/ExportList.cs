using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// All rows that a list finds, as a file, sent while they are read: what is large takes time, not memory. One snapshot, in a
/// transaction of its own that ends after five minutes at the latest.
/// </summary>
internal sealed class ExportList(Dbs dbs, DbScope scope, IList list, ListQuery query, ExportList.Wish wish) : IResult
{
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private const int MostAtOnce = 4;
    private static int _running;

    /// <summary>What the file is to look like.</summary>
    internal sealed record Wish(string Format, IReadOnlyList<ListColumn> Columns, string Language);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // Each holds a connection for as long as it is sent, so there are few of them at once.
        if (Interlocked.Increment(ref _running) > MostAtOnce)
        {
            Interlocked.Decrement(ref _running);
            throw new Busy($"{MostAtOnce} exports are being sent already. Ask for this one again in a moment.");
        }
        try
        {
            await using var db = dbs.Open(scope with { Patience = new Patience(scope.Patience.Lock, Longest) });
            await using var rows = await Open(db, list, query, wish.Columns);
            await using var sheet = await ISheet.Answer(httpContext, list.Name, wish.Format, wish.Language);
            await sheet.Head([.. wish.Columns.Select(column => column.Title.In(wish.Language))]);
            await foreach (var cells in Rows(rows, wish.Columns, wish.Language, httpContext.RequestAborted))
                await sheet.Row(cells);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    internal static async Task<NpgsqlDataReader> Open(Db db, IList list, ListQuery query, IReadOnlyList<ListColumn> columns)
    {
        // Sorting a million rows first would keep the reader waiting; along an index the first row is there at once.
        await db.Execute($"set local enable_sort = off");
        return await list.Stream(db, query, columns);
    }

    /// <summary>
    /// The rows one after the other, each in the cells of the one before; choices by their titles in a language, or as they are.
    /// </summary>
    internal static async IAsyncEnumerable<object?[]> Rows(
        NpgsqlDataReader rows,
        IReadOnlyList<ListColumn> columns,
        string? language,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        var cells = new object?[columns.Count];
        while (await rows.ReadAsync(stop))
        {
            for (var at = 0; at < cells.Length; at++)
                cells[at] = rows.IsDBNull(at) ? null : Cell(rows, at, columns[at], language);
            yield return cells;
        }
    }

    private static object Cell(NpgsqlDataReader row, int at, ListColumn column, string? language) =>
        column.Kind switch
        {
            ColumnKind.Number => Convert.ToDecimal(row.GetValue(at), CultureInfo.InvariantCulture),
            ColumnKind.Date => row.GetFieldValue<DateOnly>(at),
            ColumnKind.Instant => row.GetDateTime(at),
            ColumnKind.Flag => row.GetBoolean(at),
            ColumnKind.Id => row.GetGuid(at).ToString(),
            ColumnKind.Choice => language is null
                ? row.GetString(at)
                : Choice.TitleOf(column.Choices, row.GetString(at), language),
            _ => row.GetString(at),
        };
}
