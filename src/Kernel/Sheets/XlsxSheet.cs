using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Millrace.Kernel;

/// <summary>An Excel workbook of one sheet: numbers are numbers, dates are dates, and no text is ever a formula.</summary>
internal sealed class XlsxSheet : ISheet
{
    private const int MostRows = 1_048_575;
    private readonly Spreadsheet _book;
    private readonly StyleId _head;
    private readonly StyleId _date;
    private readonly StyleId _instant;
    private readonly CancellationToken _stop;
    private int _rows;

    private XlsxSheet(Spreadsheet book, CancellationToken stop)
    {
        (_book, _stop) = (book, stop);
        _head = book.AddStyle(new Style { Font = { Bold = true } });
        _date = book.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd") });
        _instant = book.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd hh:mm") });
    }

    internal static async Task<XlsxSheet> Open(Stream to, CancellationToken stop)
    {
        var book = await Spreadsheet.CreateNewAsync(to, new SpreadCheetahOptions { BufferSize = 64 * 1024 }, stop);
        return new XlsxSheet(book, stop);
    }

    public async ValueTask Head(IReadOnlyList<string> titles)
    {
        await _book.StartWorksheetAsync("Millrace", new WorksheetOptions { FrozenRows = 1 }, _stop);
        await _book.AddRowAsync([.. titles.Select(title => new StyledCell(title, _head))], _stop);
    }

    public async ValueTask Row(IReadOnlyList<object?> cells)
    {
        // A sheet holds no more rows; the next one goes on.
        if (++_rows > MostRows)
            throw new InvalidOperationException($"A sheet holds {MostRows} rows. Export as CSV, or filter.");
        await _book.AddRowAsync([.. cells.Select(Shown)], _stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _book.FinishAsync(_stop);
        await _book.DisposeAsync();
    }

    private StyledCell Shown(object? cell) =>
        cell switch
        {
            decimal number => new StyledCell(number, null),
            DateOnly date => new StyledCell(date.ToDateTime(TimeOnly.MinValue), _date),
            DateTime instant => new StyledCell(instant, _instant),
            bool flag => new StyledCell(flag, null),
            _ => new StyledCell(cell?.ToString(), null),
        };
}
