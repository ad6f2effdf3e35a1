using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// The larger verbs in one batch: which of their documents it holds, what these need of the stock, and which of them got it.
/// </summary>
internal sealed class LargerBatch
{
    private sealed record Held(Guid Id);

    private readonly Dictionary<LargerVerb, (Later<Held> Held, LargerDocuments Documents)> _verbs = [];
    private readonly HashSet<LargerVerb.HeldDocument> _held = [];
    private readonly HashSet<LargerVerb.HeldDocument> _done = [];

    /// <summary>
    /// Queues to hold the documents in one order everywhere, passing over what somebody else holds. Nothing without any.
    /// </summary>
    internal static LargerBatch? Queue(Db db, IReadOnlyList<Asked<IStockCommand>> asked)
    {
        LargerBatch? batch = null;
        var larger = asked.Select(one => one.Command).OfType<LargerCommand>();
        foreach (var verb in larger.GroupBy(one => one.Verb, one => one.Document))
        {
            batch ??= new LargerBatch();
            var ids = verb.Distinct().ToArray();
            var held = db.Later<Held>(
                $"""
                select d.id from (select * from unnest({ids}) as w (id) order by id) w
                cross join lateral (
                    select {verb.Key.Key} as id from {verb.Key.Table} where {verb.Key.Key} = w.id
                    limit 1 for no key update skip locked) d
                """
            );
            batch._verbs.Add(verb.Key, (held, verb.Key.Read(db, ids)));
        }
        return batch;
    }

    /// <summary>What was asked of the database is there now.</summary>
    internal void Looked() =>
        _held.UnionWith(
            _verbs.SelectMany(verb => verb.Value.Held.Rows.Select(row => new LargerVerb.HeldDocument(verb.Key, row.Id)))
        );

    /// <summary>What a command needs of the stock; nothing when its document is held by somebody, or a rule says no.</summary>
    internal IStockCommand? Stock(Asked<IStockCommand> asked)
    {
        if (asked.Command is not LargerCommand larger)
            return asked.Command;
        var (held, documents) = _verbs[larger.Verb];
        var document = new LargerVerb.HeldDocument(larger.Verb, larger.Document);
        if (documents.Has(larger.Document) && !_held.Contains(document))
        {
            asked.WaitFor(document);
            return null;
        }
        var judged = documents.Judge(larger);
        if (judged.Refusal is null)
            return judged.Result;
        asked.Decide(judged);
        return null;
    }

    /// <summary>A second command for a document that got its stock in this batch is judged anew when that is written.</summary>
    internal HeldRow? Blocks(IStockCommand command) =>
        command is LargerCommand larger
        && new LargerVerb.HeldDocument(larger.Verb, larger.Document) is var row
        && _done.Contains(row)
            ? row
            : null;

    /// <summary>What was decided about the stock is decided about the document.</summary>
    internal Verdict<object> Settle(Asked<IStockCommand> asked, Verdict<object> stock)
    {
        if (asked.Command is not LargerCommand larger || stock.Refusal is not null)
            return stock;
        _done.Add(new LargerVerb.HeldDocument(larger.Verb, larger.Document));
        return _verbs[larger.Verb].Documents.Accept(larger, stock.Result, asked.By);
    }

    internal IReadOnlyList<(IEvent Event, Hand By)> Write(Db db) => [.. _verbs.Values.SelectMany(one => one.Documents.Write(db))];
}
