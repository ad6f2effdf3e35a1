using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// The supplies that some commands name or may draw on, and which promises wait for them. Whoever changes one holds the balance
/// of its place first, so that what is read here stays true until it is written.
/// </summary>
internal sealed class Supplies
{
    private readonly Dictionary<Guid, Supply> _known = [];
    private readonly Dictionary<(Guid Supply, Guid Reservation), Peg> _pegs = [];
    private readonly HashSet<(Guid Supply, Guid Reservation)> _pegged = [];
    private readonly HashSet<Guid> _touched = [];
    private readonly Dictionary<Guid, Hand> _changed = [];

    internal void Found(Supply supply) => _known[supply.Id] = supply;

    internal void Found(Peg peg) => _pegs[(peg.SupplyId, peg.ReservationId)] = peg;

    internal Supply? Of(Guid id) => _known.GetValueOrDefault(id);

    internal Supply? Of((Guid Company, Guid Item, Guid Warehouse) place, string source) =>
        _known.Values.FirstOrDefault(one => one.Place == place && one.Source == source && !one.Closed);

    /// <summary>
    /// From what to take a quantity that is needed on a day: what comes last goes first, the rest is left to those in a hurry.
    /// Who waits already is served by what comes, so that much is left too.
    /// </summary>
    internal IReadOnlyList<(Supply Supply, decimal Quantity)> For(
        (Guid Company, Guid Item, Guid Warehouse) place,
        DateOnly day,
        decimal wanted,
        decimal waiting
    )
    {
        var open = _known.Values.Where(one => one.Place == place && one.Due <= day && one.Left > 0).ToList();
        var left = Math.Min(wanted, open.Sum(one => one.Left) - waiting);
        var plan = new List<(Supply, decimal)>();
        foreach (var supply in open.OrderByDescending(one => one.Due).ThenByDescending(one => one.Id))
        {
            if (left <= 0)
                break;
            plan.Add((supply, Math.Min(left, supply.Left)));
            left -= supply.Left;
        }
        return plan;
    }

    internal void Promise(Promise promise)
    {
        foreach (var (supply, quantity) in promise.Pegs)
            Move(new Peg(supply.Id, promise.Id, promise.Priority, 0), quantity);
    }

    /// <summary>A promise goes without some of what it waited for at a place; what comes last is given back first.</summary>
    internal void GiveBack(Guid reservation, (Guid Company, Guid Item, Guid Warehouse) place, decimal quantity)
    {
        var pegs = _pegs.Values.Where(one => one.ReservationId == reservation && _known[one.SupplyId].Place == place).ToList();
        Less(pegs.OrderByDescending(one => _known[one.SupplyId].Due).ThenByDescending(one => one.SupplyId), quantity);
    }

    /// <summary>
    /// A supply is now so, and some of it may be given: by priority, then age. What is still promised beyond what is to come
    /// lapses, from the last one on.
    /// </summary>
    internal (IReadOnlyList<Peg> Given, IReadOnlyList<Peg> Lapsed) Become(Supply supply, decimal free)
    {
        Change(supply);
        var given = Less(Of(supply).OrderBy(Rank), free);
        var now = _known[supply.Id];
        return (given, Less(Of(supply).OrderByDescending(Rank), now.Promised - now.ToCome));
    }

    /// <summary>Whose hand it was that changed what has changed since the last one.</summary>
    internal void By(Hand hand)
    {
        foreach (var id in _touched)
            _changed[id] = hand;
        _touched.Clear();
    }

    internal void Write(Db db) =>
        SupplyWriter.Write(
            db,
            [.. _changed.OrderBy(one => one.Key).Select(one => (_known[one.Key], one.Value))],
            [.. _pegged.OrderBy(one => one).Select(one => _pegs[one])]
        );

    private static (int Priority, Guid Id) Rank(Peg one) => (one.Priority, one.ReservationId);

    private List<Peg> Of(Supply supply) => [.. _pegs.Values.Where(one => one.SupplyId == supply.Id)];

    // As much of them as there is, one after the other; the answer says what each lost.
    private List<Peg> Less(IEnumerable<Peg> pegs, decimal quantity)
    {
        var taken = new List<Peg>();
        foreach (var peg in pegs.ToList())
        {
            var less = Math.Min(peg.Quantity, quantity);
            if (less <= 0)
                continue;
            Move(peg, -less);
            taken.Add(peg with { Quantity = less });
            quantity -= less;
        }
        return taken;
    }

    private void Move(Peg peg, decimal quantity)
    {
        var supply = _known[peg.SupplyId];
        Change(supply with { Promised = supply.Promised + quantity });
        _pegs[(peg.SupplyId, peg.ReservationId)] = peg with { Quantity = peg.Quantity + quantity };
        _pegged.Add((peg.SupplyId, peg.ReservationId));
    }

    private void Change(Supply supply)
    {
        _known[supply.Id] = supply;
        _touched.Add(supply.Id);
    }
}
