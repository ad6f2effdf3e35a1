using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>One command of a batch: what is wanted, by whose hand, and in the end what was decided about it.</summary>
public sealed class Asked<TCommand>(TCommand command, Hand by)
{
    public TCommand Command { get; } = command;
    public Hand By { get; } = by;

    /// <summary>Its answer is known from an earlier request with the same key: nothing is judged and nothing written.</summary>
    public bool IsAnswered { get; internal set; }

    public Verdict<object>? Verdict { get; private set; }

    /// <summary>A row it needs, which somebody else holds: it is judged again when that is free.</summary>
    public HeldRow? BlockedBy { get; private set; }

    public void Decide<T>(Verdict<T> verdict)
        where T : class => Verdict = verdict.Refusal is { } refusal ? (Verdict<object>)refusal : verdict.Result;

    public void WaitFor(HeldRow row) => BlockedBy = row;

    internal void Forget() => (Verdict, BlockedBy, IsAnswered) = (null, null, false);
}

/// <summary>
/// How a module does many commands in one transaction. It queues its locks (passing over what is held) and its reads, looks once
/// (which sends them), decides about each command that is not answered yet in the order of arrival or says for which row it has
/// to wait, and queues its writes.
/// </summary>
public delegate Task DoTogether<TCommand>(Db db, IReadOnlyList<Asked<TCommand>> asked, Func<Task> look);

/// <summary>A row that somebody else holds: which one (two of the same are equal), and how it is waited for.</summary>
public abstract record HeldRow
{
    /// <summary>Returns when this transaction holds the row.</summary>
    public abstract Sql Wait { get; }
}

/// <summary>How a module says that it commits its hottest verbs together.</summary>
public static class GroupCommitDeclarations
{
    /// <summary>The constraint lets only one in of two that want the same at the same moment.</summary>
    public static void AddGroupCommit<TCommand>(
        this IServiceCollection services,
        string name,
        DoTogether<TCommand> together,
        string twins
    ) =>
        services.AddSingleton(found => new GroupCommit<TCommand>(
            name,
            found.GetRequiredService<Dbs>(),
            found.GetRequiredService<TimeProvider>(),
            together,
            twins
        ));
}
