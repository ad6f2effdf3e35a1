using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>The stock list on paper, and by mail; the same filters as on the screen.</summary>
public static class PrintStock
{
    internal const string Template = "inventory.stock";

    public sealed record MailRequest(
        Guid CompanyId,
        [Required, Text(254)] string To,
        [Required, OneOf("en", "tr")] string Language,
        [property:
            Text(2000, MayBeEmpty = true),
            Description("Conditions as in the address of the list; without them all stock.")
        ]
            string? Query = null
    );

    public sealed record Queued(Guid MailId);

    private sealed record Words(
        string Title,
        string AsOf,
        string Lines,
        string Item,
        string Warehouse,
        string OnHand,
        string Reserved,
        string Available
    )
    {
        internal static Words In(string language) =>
            language == "tr"
                ? new("Stok listesi", "Tarih", "Satır", "Malzeme", "Depo", "Eldeki", "Ayrılan", "Kullanılabilir")
                : new("Stock list", "As of", "Lines", "Item", "Warehouse", "On hand", "Reserved", "Available");
    }

    internal static readonly MailTemplate MailTemplate = new(
        Template,
        English: new("{company}: stock list of {date}", "Please find the stock list of {company} attached, as of {date}."),
        Turkish: new("{company}: {date} stok listesi", "{company} şirketinin {date} tarihli stok listesi ektedir.")
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/stock/pdf", Download)
            .Needs(InventoryPermissions.Read)
            .Reads(Patience.Background)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .WithSummary("The stock list as PDF");
        api.MapPost("/stock/mails", Mail)
            .Needs(InventoryPermissions.Send)
            .Once(Patience.Background)
            .WithSummary("Send the stock list by mail, as PDF");
    }

    private static async Task<IResult> Download(
        Db db,
        TimeProvider clock,
        [AsParameters] ListParameters asked,
        [OneOf("en", "tr")] string? language
    )
    {
        var companyId = asked.CompanyId ?? throw Invalid.Field("companyId", "companyId is needed: whose stock it is.");
        var (name, _, _, pdf) = await Print(db, clock, companyId, asked.Query, language ?? "en");
        return new PdfAnswer(name, pdf);
    }

    private static async Task<Queued> Mail(Db db, TimeProvider clock, MailRequest request)
    {
        Mails.Address(request.To, "to");
        var (query, _) = await ListAddress.Read(ListStock.List, db, $"companyId={request.CompanyId}&{request.Query}");
        var (name, company, date, pdf) = await Print(db, clock, request.CompanyId, query, request.Language);
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["company"] = company, ["date"] = date };
        var file = new MailFile(name, "application/pdf", pdf);
        return new Queued(
            await Mails.Queue(
                db,
                new OutgoingMail(request.To, Template, request.Language, values, request.CompanyId, Files: [file])
            )
        );
    }

    private static async Task<(string Name, string Company, string Date, byte[] Pdf)> Print(
        Db db,
        TimeProvider clock,
        Guid companyId,
        ListQuery query,
        string language
    )
    {
        var company = await ListCompanies.One(db, companyId);
        var letterhead = await Letterheads.Of(db, companyId, language);
        var (words, format, now) = (Words.In(language), PrintFormat.In(language), clock.GetUtcNow());
        // One more than fits, so that a list too long is refused and never cut in silence.
        var rows = (await ListStock.List.Read(db, new PageOf(Printout.MostRows + 1, null), query)).Items;
        string Figure(decimal quantity, ListStock.Row row) => $"{format.Quantity(quantity)} {row.Unit}";
        var printout = new Printout(
            letterhead,
            words.Title,
            [(words.AsOf, format.Instant(now, company.TimeZone)), (words.Lines, format.Quantity(rows.Count))],
            [
                new(words.Item, 40),
                new(words.Warehouse, 12),
                new(words.OnHand, 16, IsNumber: true),
                new(words.Reserved, 16, IsNumber: true),
                new(words.Available, 16, IsNumber: true),
            ],
            [
                .. rows.Select(row =>
                    (IReadOnlyList<string>)
                        [
                            $"{row.ItemCode} {row.ItemName}",
                            row.WarehouseCode,
                            Figure(row.OnHand, row),
                            Figure(row.Reserved, row),
                            Figure(row.Available, row),
                        ]
                ),
            ],
            null,
            $"{company.Name} · {words.Title} · {format.Instant(now, company.TimeZone)}"
        );
        var today = CompanyClock.Today(company.TimeZone, clock);
        var name = FormattableString.Invariant($"{(language == "tr" ? "stok" : "stock")}-{today:yyyy-MM-dd}.pdf");
        return (name, company.Name, format.Date(today), Pdf.Print(printout));
    }
}
