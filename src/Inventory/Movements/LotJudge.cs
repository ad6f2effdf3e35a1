using System.Globalization;
using Millrace.Catalog;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>What must be known of a lot or a piece before it moves.</summary>
internal static class LotJudge
{
    /// <summary>Where lots are named, this one is a serial number.</summary>
    internal static bool IsPiece(ItemFacts.Row item, DetailKey key) => item.Tracking == ItemTracking.Serial && key.Lot != "";

    /// <summary>Of one line that comes in.</summary>
    internal static Refused? Arrives(ItemFacts.Row item, MoveStock.Line line, MoveStock.Request all, Lots lots)
    {
        var lot = line.Lot ?? "";
        if (lot is "")
            return item.Tracking == ItemTracking.None && line.Expires is null
                ? null
                : new Refused(
                    "lot.missing",
                    item.Tracking == ItemTracking.Serial
                        ? $"Each piece of {item.Code} has its serial number. Say which one came in."
                        : $"Say of which lot this {item.Code} is.",
                    new { item.Code }
                );
        var kept =
            lots.Of(item.Id, lot)?.ExpiresOn
            ?? all.Lines.FirstOrDefault(one => one.ItemId == item.Id && one.Lot == lot && one.Expires is not null)?.Expires;
        if (line.Expires is { } expires && kept is { } known && known != expires)
            return new Refused(
                "lot.other_expiry",
                $"The lot {lot} of {item.Code} expires on {Day(known)}, not on {Day(expires)}. Check the label.",
                new
                {
                    item.Code,
                    Lot = lot,
                    Known = known,
                    Asked = expires,
                }
            );
        return Expired(item, line, kept, all.Date);
    }

    /// <summary>Of one line that goes out to be used or sold.</summary>
    internal static Refused? Leaves(ItemFacts.Row item, MoveStock.Line line, DateOnly date, Lots lots) =>
        line.Lot is { Length: > 0 } lot ? Expired(item, line, lots.Of(item.Id, lot)?.ExpiresOn, date) : null;

    /// <summary>Of all lines of a document: a piece is there once, and only what is there goes.</summary>
    internal static Refused? Pieces(IReadOnlyList<MovementLine> lines, int sign, Guid company, StockAtHand stock)
    {
        foreach (var piece in lines.Where(line => line.IsPiece).GroupBy(line => (line.Key.ItemId, line.Key.Lot)))
        {
            var (item, serial) = piece.Key;
            var code = stock.Items[(company, item)].Code;
            var there = stock.Lots.PiecesOf(item, serial);
            // What was there before pieces were told apart may still go as it is.
            if (piece.FirstOrDefault(line => Math.Abs(line.Quantity) != 1 && (there > 0 || sign * line.Quantity > 0)) is { } more)
                return new Refused(
                    "serial.quantity",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{code} {serial} is one piece, and {Math.Abs(more.Quantity):0.######} were asked for. Give each a line."
                    ),
                    new
                    {
                        Code = code,
                        Serial = serial,
                        Quantity = Math.Abs(more.Quantity),
                    }
                );
            if (there + piece.Sum(line => sign * line.Quantity) > 1)
                return new Refused(
                    "serial.in_stock",
                    $"{code} {serial} is in stock already. Check the number, or look where it is.",
                    new { Code = code, Serial = serial }
                );
        }
        return null;
    }

    private static Refused? Expired(ItemFacts.Row item, MoveStock.Line line, DateOnly? expires, DateOnly date) =>
        expires is { } day && day < date && line.Status is null or StockStatus.Available
            ? new Refused(
                "lot.expired",
                $"The lot {line.Lot} of {item.Code} expired on {Day(day)}. Receive it as blocked, scrap it or return it.",
                new
                {
                    item.Code,
                    line.Lot,
                    Expired = day,
                }
            )
            : null;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
