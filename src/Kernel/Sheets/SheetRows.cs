using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using ExcelDataReader;

namespace Millrace.Kernel;

/// <summary>A row of a file: its number as a spreadsheet counts, its cells: texts, decimals, dates, flags, or nothing.</summary>
internal readonly record struct SheetRow(int No, IReadOnlyList<object?> Cells);

/// <summary>Reads a file of either format row by row; empty rows are left out. What cannot be read at all is refused.</summary>
internal static class SheetRows
{
    internal const int MostColumns = 200;
    private const int LongestCell = 32_767; // what a cell of a spreadsheet holds

    internal static IEnumerable<SheetRow> Read(Stream file, FileForm form)
    {
        file.Position = 0;
        return form.Format == "xlsx" ? Workbook(file) : Separated(file, form);
    }

    private static IEnumerable<SheetRow> Separated(Stream file, FileForm form)
    {
        using var text = new StreamReader(file, form.Letters, detectEncodingFromByteOrderMarks: true, 64 * 1024, leaveOpen: true);
        using var csv = new CsvParser(
            text,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = form.Separator,
                BadDataFound = null,
                MaxFieldSize = LongestCell,
                TrimOptions = TrimOptions.Trim,
            }
        );
        while (Next(csv))
        {
            var cells = csv.Record!;
            if (cells.Length > MostColumns)
                throw TooWide(csv.RawRow, cells.Length);
            if (cells.Any(cell => cell.Length > 0))
                yield return new SheetRow(csv.RawRow, [.. cells.Select(cell => (object?)Plain(cell))]);
        }
    }

    private static bool Next(CsvParser csv)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvHelperException broken)
        {
            throw new Refused(
                "import.unreadable",
                $"Line {csv.RawRow} cannot be read: a value is longer than {LongestCell} characters, perhaps because a quotation "
                    + $"mark is not closed. Mend the file and send it again. ({broken.GetType().Name})"
            );
        }
    }

    private static IEnumerable<SheetRow> Workbook(Stream file)
    {
        using var book = Open(file);
        for (var no = 1; book.Read(); no++)
        {
            if (book.FieldCount > MostColumns)
                throw TooWide(no, book.FieldCount);
            var cells = new object?[book.FieldCount];
            for (var at = 0; at < cells.Length; at++)
                cells[at] = Cell(book.GetValue(at));
            if (cells.Any(cell => cell is not (null or "")))
                yield return new SheetRow(no, cells);
        }
    }

    private static IExcelDataReader Open(Stream file)
    {
        try
        {
            return ExcelReaderFactory.CreateOpenXmlReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
        }
        catch (Exception broken)
            when (broken is ExcelDataReader.Exceptions.ExcelReaderException or InvalidDataException or System.Xml.XmlException)
        {
            throw new Refused("import.unreadable", "The file is not a workbook that can be read. Save it again as .xlsx.");
        }
    }

    private static object? Cell(object? value) =>
        value switch
        {
            string text => Plain(text.Trim()),
            DateTime date => date,
            TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
            bool flag => flag,
            IConvertible number => Exact(number),
            _ => value?.ToString(),
        };

    // A workbook keeps numbers in binary: the fifteen digits that a person has typed come back exactly.
    private static object Exact(IConvertible number)
    {
        try
        {
            return number.ToDecimal(CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Without the apostrophe that our own export puts before what looks like a formula.</summary>
    private static string Plain(string text) =>
        text.Length > 1 && text[0] == '\'' && CsvSheet.IsFormula(text[1..]) ? text[1..] : text;

    private static Refused TooWide(int no, int columns) =>
        new("import.unreadable", $"Row {no} has {columns} columns; there may be {MostColumns}. Is the separator the right one?");
}
