using System.Globalization;
using Millrace.Catalog;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>What was asked for in another unit of an item, in its own: exactly, or not at all.</summary>
internal static class UnitJudge
{
    internal static Verdict<decimal> InOwn(decimal quantity, string? unit, Guid item, Guid company, StockAtHand stock)
    {
        // An item that does not exist is refused where it is looked at.
        if (unit is null || !stock.Items.TryGetValue((company, item), out var known))
            return quantity;
        if (!stock.Units.TryGetValue((item, unit), out var factor))
            return new Refused(
                "unit.unknown",
                $"{known.Code} is not counted in {unit}. Choose one of its units, or add this one to the item.",
                new { known.Code, Unit = unit }
            );
        return factor.ToOwn(quantity) is { } own
            ? own
            : new Refused(
                "unit.inexact",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{quantity:0.######} {unit} of {known.Code} cannot be kept exactly in its own unit: one is worth "
                        + $"{factor.Numerator}/{factor.Denominator} of it. "
                        + $"Ask for a multiple of {factor.Step:0.######}, or for less."
                ),
                new
                {
                    known.Code,
                    Unit = unit,
                    Quantity = quantity,
                    factor.Step,
                }
            );
    }
}
