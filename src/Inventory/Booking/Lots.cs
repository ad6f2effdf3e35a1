using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>What is known of the lots and pieces that lines name, and what becomes of it.</summary>
internal sealed class Lots
{
    /// <summary>Of one lot of an item; without a first day nothing is known of it.</summary>
    internal sealed record Row(Guid ItemId, string Lot, DateOnly? FirstOn, DateOnly? ExpiresOn, int? OnHand);

    private readonly Dictionary<(Guid Item, string Lot), Row> _known = [];
    private readonly Dictionary<(Guid Item, string Lot), Row> _new = [];
    private readonly Dictionary<(Guid Item, string Lot), int> _pieces = [];

    internal static Later<Row> Read(Db db, IReadOnlyCollection<(Guid ItemId, string Lot)> wanted) =>
        db.Later<Row>(
            $"""
            select w.item_id, w.lot, l.first_on, l.expires_on, s.on_hand
            from {Sql.Few(
                $"unnest({wanted.Select(one => one.ItemId).ToArray()}, {wanted.Select(one => one.Lot).ToArray()})",
                wanted.Count
            )} as w (item_id, lot)
            left join lateral (
                select * from inventory.lot l where l.item_id = w.item_id and l.lot = w.lot limit 1) l on true
            left join lateral (
                select s.on_hand from inventory.serial s where s.item_id = w.item_id and s.serial = w.lot limit 1) s on true
            """
        );

    internal void Found(Row row) => _known[(row.ItemId, row.Lot)] = row;

    internal Row? Of(Guid item, string lot) =>
        _new.TryGetValue((item, lot), out var made) ? made
        : _known.TryGetValue((item, lot), out var row) && row.FirstOn is not null ? row
        : null;

    /// <summary>How many of a piece there are: none or one.</summary>
    internal int PiecesOf(Guid item, string serial) =>
        (_known.GetValueOrDefault((item, serial))?.OnHand ?? 0) + _pieces.GetValueOrDefault((item, serial));

    internal void Move(Movement movement)
    {
        var kind = movement.Request.Kind;
        foreach (var piece in movement.Lines.Where(line => line.IsPiece).GroupBy(line => (line.Key.ItemId, line.Key.Lot)))
            if (
                (int)piece.Sum(line => kind.Sign * line.Quantity) is var more
                && (more > 0 || PiecesOf(piece.Key.ItemId, piece.Key.Lot) > 0)
            )
                _pieces[piece.Key] = _pieces.GetValueOrDefault(piece.Key) + more;
        if (kind == MovementKind.Receipt || kind == MovementKind.Adjustment)
            foreach (var line in movement.Lines.Where(line => line.Key.Lot != "" && line.Quantity > 0))
                Receive(line.Key.ItemId, line.Key.Lot, movement.Request.Date, line.Expires);
    }

    // The first goods of a lot say when it began, and the first that know say when it ends.
    private void Receive(Guid item, string lot, DateOnly on, DateOnly? expires)
    {
        var known = Of(item, lot);
        if (known is null || (known.ExpiresOn is null && expires is not null))
            _new[(item, lot)] = new Row(item, lot, known?.FirstOn ?? on, known?.ExpiresOn ?? expires, OnHand: null);
    }

    /// <summary>In one order everywhere: two that bring the same new lot queue up.</summary>
    internal void Write(Db db)
    {
        if (_new.Count > 0)
        {
            var lots = _new.Values.OrderBy(one => one.ItemId).ThenBy(one => one.Lot, StringComparer.Ordinal).ToArray();
            db.Later(
                $"""
                insert into inventory.lot as l (tenant_id, item_id, lot, first_on, expires_on)
                select {db.Scope.Tenant}, p.* from unnest({Array.ConvertAll(lots, one => one.ItemId)},
                    {Array.ConvertAll(lots, one => one.Lot)}, {Array.ConvertAll(lots, one => one.FirstOn!.Value)},
                    {Array.ConvertAll(lots, one => one.ExpiresOn)}) as p
                on conflict (tenant_id, item_id, lot) do update set expires_on = excluded.expires_on
                    where l.expires_on is null and excluded.expires_on is not null
                """
            );
        }
        var pieces = _pieces.Where(one => one.Value != 0).OrderBy(one => one.Key.Item);
        WritePieces(db, [.. pieces.ThenBy(one => one.Key.Lot, StringComparer.Ordinal)]);
    }

    private static void WritePieces(Db db, KeyValuePair<(Guid Item, string Lot), int>[] pieces)
    {
        if (pieces.Length == 0)
            return;
        // A row that is new cannot begin below nothing, so each is there before anything is added or taken away.
        db.Later(
            $"""
            insert into inventory.serial (tenant_id, item_id, serial, on_hand)
            select {db.Scope.Tenant}, p.*, 0 from unnest({Array.ConvertAll(pieces, one => one.Key.Item)},
                {Array.ConvertAll(pieces, one => one.Key.Lot)}) as p
            on conflict (tenant_id, item_id, serial) do nothing
            """
        );
        db.Later(
            $"""
            update inventory.serial s set on_hand = s.on_hand + p.pieces
            from unnest({Array.ConvertAll(pieces, one => one.Key.Item)}, {Array.ConvertAll(pieces, one => one.Key.Lot)},
                {Array.ConvertAll(pieces, one => one.Value)}) as p (item_id, serial, pieces)
            where s.item_id = p.item_id and s.serial = p.serial
            """
        );
    }
}
