using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>What is asked of a larger verb: about which of its documents, and whatever else it has to know.</summary>
public abstract record LargerCommand(LargerVerb Verb, Guid Document) : IStockCommand;

/// <summary>A verb that needs stock for a document of its own, as the batch of stock sees it.</summary>
public abstract class LargerVerb
{
    /// <summary>The table of its documents.</summary>
    public abstract Sql Table { get; }

    /// <summary>The column of that table by which a document is known.</summary>
    public abstract Sql Key { get; }

    internal abstract LargerDocuments Read(Db db, Guid[] documents);

    internal sealed record HeldDocument(LargerVerb Verb, Guid Document) : HeldRow
    {
        public override Sql Wait => $"select 1 from {Verb.Table} where {Verb.Key} = {Document} for no key update";
    }
}

/// <summary>
/// A larger verb joins the batches of stock, such as confirming an order: its documents are held and read before any stock, each
/// says what it needs of the stock or is refused, and those that got it are written together, in the transaction of the batch.
/// It is one object for as long as the program lives.
/// </summary>
public abstract class LargerVerb<TCommand, TDocument, TStock> : LargerVerb
    where TCommand : LargerCommand
    where TDocument : class
    where TStock : class
{
    /// <summary>A document that got its stock.</summary>
    public sealed record Done(TCommand Command, TDocument Document, TStock Stock, Hand By);

    /// <summary>Queues what has to be read of documents, and says how it is put together when it is there.</summary>
    protected abstract Func<IReadOnlyDictionary<Guid, TDocument>> Queue(Db db, Guid[] documents);

    /// <summary>What it needs of the stock, or why it cannot go on. Without a database.</summary>
    protected abstract Verdict<IStockCommand> Judge(TCommand command, TDocument? document);

    /// <summary>Queues the writes of all that were accepted, and says what has happened.</summary>
    protected abstract IEnumerable<(IEvent Event, Hand By)> Write(Db db, IReadOnlyList<Done> done);

    internal sealed override LargerDocuments Read(Db db, Guid[] documents) => new Documents(this, Queue(db, documents));

    private sealed class Documents(LargerVerb<TCommand, TDocument, TStock> verb, Func<IReadOnlyDictionary<Guid, TDocument>> read)
        : LargerDocuments
    {
        private readonly Lazy<IReadOnlyDictionary<Guid, TDocument>> _read = new(read);
        private readonly List<Done> _done = [];

        internal override bool Has(Guid document) => _read.Value.ContainsKey(document);

        internal override Verdict<IStockCommand> Judge(LargerCommand command) =>
            verb.Judge((TCommand)command, _read.Value.GetValueOrDefault(command.Document));

        internal override object Accept(LargerCommand command, object stock, Hand by)
        {
            var done = new Done((TCommand)command, _read.Value[command.Document], (TStock)stock, by);
            _done.Add(done);
            return done;
        }

        internal override IEnumerable<(IEvent Event, Hand By)> Write(Db db) => _done.Count > 0 ? verb.Write(db, _done) : [];
    }
}

/// <summary>The documents of one larger verb in one batch.</summary>
internal abstract class LargerDocuments
{
    internal abstract bool Has(Guid document);
    internal abstract Verdict<IStockCommand> Judge(LargerCommand command);

    /// <summary>What the caller is answered.</summary>
    internal abstract object Accept(LargerCommand command, object stock, Hand by);
    internal abstract IEnumerable<(IEvent Event, Hand By)> Write(Db db);
}
