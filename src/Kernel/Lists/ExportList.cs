using System.Globalization;
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
            // Sorting a million rows first would keep the reader waiting; along an index the first row is there at once.
            await db.Execute($"set local enable_sort = off");
            await using var rows = await list.Stream(db, query, wish.Columns);
            await using var sheet = await ISheet.Answer(httpContext, list.Name, wish.Format, wish.Language);
            await sheet.Head([.. wish.Columns.Select(column => column.Title.In(wish.Language))]);
            var cells = new object?[wish.Columns.Count];
            while (await rows.ReadAsync(httpContext.RequestAborted))
            {
                for (var at = 0; at < cells.Length; at++)
                    cells[at] = rows.IsDBNull(at) ? null : Cell(rows, at, wish.Columns[at]);
                await sheet.Row(cells);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private object Cell(NpgsqlDataReader row, int at, ListColumn column) =>
        column.Kind switch
        {
            ColumnKind.Number => Convert.ToDecimal(row.GetValue(at), CultureInfo.InvariantCulture),
            ColumnKind.Date => row.GetFieldValue<DateOnly>(at),
            ColumnKind.Instant => row.GetDateTime(at),
            ColumnKind.Flag => row.GetBoolean(at),
            ColumnKind.Id => row.GetGuid(at).ToString(),
            ColumnKind.Choice => TitleOf(column, row.GetString(at)),
            _ => row.GetString(at),
        };

    private string TitleOf(ListColumn column, string value) =>
        column.Choices.FirstOrDefault(choice => choice.Value == value)?.Title.In(wish.Language) ?? value;
}
