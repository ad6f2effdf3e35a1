using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Accounting;

/// <summary>A voucher on paper, and by mail.</summary>
public static class PrintVoucher
{
    internal const string Template = "accounting.voucher";

    public sealed record MailRequest(
        [Required, Text(254)] string To,
        [Required, OneOf("en", "tr")] string Language,
        [Text(500, MayBeEmpty = true)] string? Note = null
    );

    public sealed record Queued(Guid MailId);

    private sealed record Words(
        string Title,
        string Date,
        string Source,
        string Posted,
        string Account,
        string Debit,
        string Credit,
        string Total
    )
    {
        internal static Words In(string language) =>
            language == "tr"
                ? new("Muhasebe fişi", "Tarih", "Kaynak belge", "Kayıt zamanı", "Hesap", "Borç", "Alacak", "Toplam")
                : new("Voucher", "Date", "Source document", "Posted at", "Account", "Debit", "Credit", "Total");
    }

    internal static readonly MailTemplate MailTemplate = new(
        Template,
        English: new("{company}: voucher {number}", "Please find the voucher {number} of {company} attached.\n\n{note}"),
        Turkish: new(
            "{company}: {number} numaralı fiş",
            "{company} şirketinin {number} numaralı muhasebe fişi ektedir.\n\n{note}"
        )
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/vouchers/{id:guid}/pdf", Download)
            .Needs(AccountingPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .WithSummary("A voucher as PDF");
        api.MapPost("/vouchers/{id:guid}/mails", Mail)
            .Needs(AccountingPermissions.Send)
            .Once()
            .WithSummary("Send a voucher by mail, as PDF");
    }

    private static async Task<IResult> Download(Db db, Guid id, [OneOf("en", "tr")] string? language)
    {
        var (number, _, pdf) = await Print(db, id, language ?? "en");
        return new PdfAnswer($"{number}.pdf", pdf);
    }

    private static async Task<Queued> Mail(Db db, Guid id, MailRequest request)
    {
        Mails.Address(request.To, "to");
        var (number, letterhead, pdf) = await Print(db, id, request.Language);
        var voucher = await ListVouchers.Show(db, id);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["company"] = letterhead,
            ["number"] = number,
            ["note"] = request.Note ?? "",
        };
        return new Queued(
            await Mails.Queue(
                db,
                new OutgoingMail(
                    request.To,
                    Template,
                    request.Language,
                    values,
                    voucher.CompanyId,
                    new DocumentRef("voucher", id.ToString()),
                    [new MailFile($"{number}.pdf", "application/pdf", pdf)]
                )
            )
        );
    }

    private static async Task<(string Number, string Company, byte[] Pdf)> Print(Db db, Guid id, string language)
    {
        var voucher = await ListVouchers.Show(db, id);
        var company = await ListCompanies.One(db, voucher.CompanyId);
        var letterhead = await Letterheads.Of(db, voucher.CompanyId, language);
        var (words, format) = (Words.In(language), PrintFormat.In(language));
        string Amount(decimal amount) => amount == 0 ? "" : format.Money(amount);
        var printout = new Printout(
            letterhead,
            $"{words.Title} {voucher.Number}",
            [
                (words.Date, format.Date(voucher.Date)),
                (words.Source, voucher.Source.Document),
                (words.Posted, format.Instant(new DateTimeOffset(voucher.PostedAt, TimeSpan.Zero), company.TimeZone)),
                (words.Total, $"{format.Money(voucher.Total)} {voucher.Currency}"),
            ],
            [new("#", 6), new(words.Account, 54), new(words.Debit, 20, IsNumber: true), new(words.Credit, 20, IsNumber: true)],
            [
                .. voucher.Lines.Select(line =>
                    (IReadOnlyList<string>)
                        [
                            FormattableString.Invariant($"{line.No}"),
                            $"{line.Account} {(language == "tr" ? line.NameTr : line.NameEn)}",
                            Amount(line.Debit),
                            Amount(line.Credit),
                        ]
                ),
            ],
            ["", words.Total, format.Money(voucher.Total), format.Money(voucher.Total)],
            $"{company.Name} · {voucher.Number}"
        );
        return (voucher.Number, company.Name, Pdf.Print(printout));
    }
}
