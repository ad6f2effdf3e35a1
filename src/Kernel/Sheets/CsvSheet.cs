using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Millrace.Kernel;

/// <summary>
/// Comma separated values as the spreadsheet of the reader's language opens them: with decimal commas the separator is a
/// semicolon. A text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers.
/// </summary>
internal sealed class CsvSheet : ISheet
{
    private const int Piece = 64 * 1024;
    private static readonly byte[] Mark = Encoding.UTF8.GetPreamble();
    private readonly MemoryStream _waiting = new();
    private readonly CsvWriter _csv;
    private readonly PrintFormat _format;
    private readonly Stream _to;
    private readonly CancellationToken _stop;
    private readonly bool _turkish;

    internal CsvSheet(Stream to, string language, CancellationToken stop)
    {
        (_to, _stop, _turkish) = (to, stop, language == "tr");
        _format = PrintFormat.In(language);
        _waiting.Write(Mark);
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = _turkish ? ";" : ",", NewLine = "\r\n" };
        _csv = new CsvWriter(new StreamWriter(_waiting, new UTF8Encoding(false), Piece, leaveOpen: true), settings);
    }

    public ValueTask Head(IReadOnlyList<string> titles) => Row(titles);

    public async ValueTask Row(IReadOnlyList<object?> cells)
    {
        foreach (var cell in cells)
            _csv.WriteField(Shown(cell));
        await _csv.NextRecordAsync();
        if (_waiting.Length >= Piece)
            await Send();
    }

    public async ValueTask DisposeAsync()
    {
        await _csv.FlushAsync();
        await Send();
        await _csv.DisposeAsync();
        await _waiting.DisposeAsync();
    }

    private string? Shown(object? cell) =>
        cell switch
        {
            string text => IsFormula(text) ? "'" + text : text,
            decimal number => _format.Plain(number),
            DateOnly date => _format.Date(date),
            DateTime instant => _format.Instant(instant),
            true => _turkish ? "evet" : "yes",
            false => _turkish ? "hayır" : "no",
            _ => cell?.ToString(),
        };

    /// <summary>Begins as a spreadsheet's formula does, also in full width, or as what hides one.</summary>
    internal static bool IsFormula(string text) =>
        text.Length > 0 && "=+-@\t\r\n＝＋－＠".Contains(text[0], StringComparison.Ordinal);

    private async Task Send()
    {
        await _to.WriteAsync(_waiting.GetBuffer().AsMemory(0, (int)_waiting.Length), _stop);
        _waiting.SetLength(0);
    }
}
