using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Millrace.Kernel;

/// <summary>A table as a file that is written row by row while it is being sent, so that its length costs no memory.</summary>
internal interface ISheet : IAsyncDisposable
{
    /// <summary>The titles of the columns, once, before the rows.</summary>
    ValueTask Head(IReadOnlyList<string> titles);

    /// <summary>Texts, decimals, dates, instants, flags, or nothing.</summary>
    ValueTask Row(IReadOnlyList<object?> cells);

    static async Task<ISheet> Open(string format, Stream to, string language, CancellationToken stop) =>
        format == "xlsx" ? await XlsxSheet.Open(to, stop) : new CsvSheet(to, language, stop);

    /// <summary>As the answer to a request, to be saved.</summary>
    static Task<ISheet> Answer(HttpContext http, string name, string format, string language)
    {
        SafeDownload.Say(http, format == "xlsx" ? Workbook : "text/csv; charset=utf-8", $"{name}.{format}", null);
        // The end of a zip is written without waiting; it is small.
        http.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = format == "xlsx";
        return Open(format, http.Response.Body, language, http.RequestAborted);
    }

    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}
