using System.Numerics;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>
/// How much of an item's own unit one of another unit is, as a fraction. A quantity is converted exactly or not at all, so that
/// there and back nothing is lost.
/// </summary>
public sealed record UnitFactor(int Numerator, int Denominator)
{
    // What numeric(19,6) keeps of a quantity, and the most that one may be.
    private const decimal Smallest = 1_000_000m;
    private const decimal Most = 999_999_999m;

    public sealed record Row(Guid ItemId, string Unit, int Numerator, int Denominator);

    /// <summary>In the item's own unit; nothing when six digits do not hold it, or it is more than a quantity may be.</summary>
    public decimal? ToOwn(decimal quantity) => Scaled(quantity, Numerator, Denominator);

    /// <summary>Of the item's own unit in this one; nothing when six digits do not hold it.</summary>
    public decimal? FromOwn(decimal quantity) => Scaled(quantity, Denominator, Numerator);

    /// <summary>The least of this unit of which every multiple is kept exactly.</summary>
    public decimal Step =>
        (decimal)(Denominator / BigInteger.GreatestCommonDivisor(Numerator * (BigInteger)Smallest, Denominator));

    /// <summary>The factors of these units of these items, an item's own unit among them; unknown ones are left out.</summary>
    public static Later<Row> Later(Db db, IReadOnlyCollection<(Guid ItemId, string Unit)> wanted) =>
        db.Later<Row>(
            $"""
            select w.item_id, w.unit, coalesce(u.numerator, 1) as numerator, coalesce(u.denominator, 1) as denominator
            from {Sql.Few(
                $"unnest({wanted.Select(one => one.ItemId).ToArray()}, {wanted.Select(one => one.Unit).ToArray()})",
                wanted.Count
            )} as w (item_id, unit)
            cross join lateral (select unit from catalog.item i where i.item_id = w.item_id limit 1) i
            left join lateral (
                select * from catalog.item_unit u where u.item_id = w.item_id and u.unit = w.unit limit 1) u on true
            where u.unit is not null or i.unit = w.unit
            """
        );

    private static decimal? Scaled(decimal quantity, int by, int over)
    {
        var (whole, rest) = BigInteger.DivRem((BigInteger)(quantity * Smallest) * by, over);
        return rest.IsZero && whole <= (BigInteger)(Most * Smallest) ? (decimal)whole / Smallest : null;
    }
}
