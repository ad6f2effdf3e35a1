using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>Figures and dates as readers of a language write them; the same on every machine.</summary>
public sealed class PrintFormat
{
    private static readonly NumberFormatInfo Turkish = new()
    {
        NumberDecimalSeparator = ",",
        NumberGroupSeparator = ".",
        NegativeSign = "-",
    };

    private readonly NumberFormatInfo _numbers;
    private readonly string _date;

    private PrintFormat(NumberFormatInfo numbers, string date) => (_numbers, _date) = (numbers, date);

    public static PrintFormat In(string language) =>
        language == "tr" ? new(Turkish, "dd.MM.yyyy") : new(NumberFormatInfo.InvariantInfo, "yyyy-MM-dd");

    public string Money(decimal amount) => amount.ToString("#,##0.00", _numbers);

    public string Quantity(decimal quantity) => quantity.ToString("#,##0.######", _numbers);

    /// <summary>Without grouping, as a spreadsheet reads it.</summary>
    public string Plain(decimal number) => number.ToString("0.############", _numbers);

    public string Instant(DateTime at) => at.ToString($"{_date} HH:mm", CultureInfo.InvariantCulture);

    public string Date(DateOnly date) => date.ToString(_date, CultureInfo.InvariantCulture);

    public string Instant(DateTimeOffset at, string timeZone) =>
        TimeZoneInfo
            .ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(timeZone))
            .ToString($"{_date} HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>A printed document as an answer: to be saved, under a name that says what it is.</summary>
public sealed class PdfAnswer(string name, byte[] content) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        SafeDownload.Say(httpContext, "application/pdf", FileName.Plain(name), content.Length);
        await httpContext.Response.Body.WriteAsync(content, httpContext.RequestAborted);
    }
}
