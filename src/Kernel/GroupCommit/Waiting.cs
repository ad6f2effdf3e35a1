using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>A request that waits for its batch: its command, how it is answered, and the key under which that is kept.</summary>
internal sealed class Waiting<TCommand>(
    Asked<TCommand> asked,
    Func<object, IResult> answer,
    Caller caller,
    Guid key,
    byte[] fingerprint,
    long since
)
{
    private readonly TaskCompletionSource<IResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Asked<TCommand> Asked { get; } = asked;
    internal Caller Caller { get; } = caller;
    internal Guid Key { get; } = key;
    internal long Since { get; } = since;
    internal byte[] Fingerprint { get; } = fingerprint;

    /// <summary>The same key came twice into one batch; this is the first of them.</summary>
    internal Waiting<TCommand>? Twin { get; private set; }

    internal HeldRow? BlockedBy => (Twin ?? this).Asked.BlockedBy;

    internal Task<IResult> Done => _done.Task;

    /// <summary>What is kept with the effect, when there is one.</summary>
    internal StoredAnswer? Answer { get; private set; }

    private KeptAnswer? Kept { get; set; }

    /// <summary>Forgets what an attempt that was rolled back had decided.</summary>
    internal void Begin(Waiting<TCommand>? twin)
    {
        (Twin, Answer, Kept) = (twin, null, null);
        Asked.Forget();
    }

    internal void Found(KeptAnswer kept)
    {
        Kept = kept;
        Asked.IsAnswered = true;
    }

    internal void Render()
    {
        if (!Asked.IsAnswered && Asked.Verdict is { Refusal: null } accepted)
            Answer = StoredAnswer.Of(answer(accepted.Result));
    }

    /// <summary>After the commit: each caller hears what became of its own request.</summary>
    internal void Finish()
    {
        try
        {
            if (Twin is not null)
                _done.SetResult(Twin.ForTwin(Fingerprint));
            else if (Kept is not null)
                _done.SetResult(Kept.For(Fingerprint));
            else if (Answer is not null)
                _done.SetResult(Answer);
            else
                _done.SetResult(new RefusedAnswer(Asked.Verdict!.Value.Refusal!));
        }
        catch (Refused refused)
        {
            _done.SetResult(new RefusedAnswer(refused));
        }
    }

    internal void Fail(Exception failed) =>
        _ = failed is Refused refused ? _done.TrySetResult(new RefusedAnswer(refused)) : _done.TrySetException(failed);

    // What the first of two with one key did is done; a refusal did nothing, and the other may have asked for something else.
    private IResult ForTwin(byte[] fingerprint)
    {
        if (Kept is not null)
            return Kept.For(fingerprint);
        if (Answer is not null)
            return new KeptAnswer(Caller.Actor, Key, Fingerprint, (short)Answer.Status, Answer.Body).For(fingerprint);
        return new RefusedAnswer(OnceByKey.Running());
    }
}

/// <summary>A rule says no, without the cost of an exception: a hot item is refused thousands of times a second.</summary>
internal sealed class RefusedAnswer(Refused refused) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Problems.No(httpContext, refused);
}
