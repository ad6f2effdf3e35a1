namespace Millrace.Kernel;

/// <summary>A rule says no. Nothing is written; the sentence says what happened, with the numbers, and what to do.</summary>
public sealed class Refused(string code, string sentence, object? facts = null, int status = 409) : Exception(sentence)
{
    public string Code { get; } = code;
    public object? Facts { get; } = facts;
    public int Status { get; } = status;

    /// <summary>No such thing here; another tenant's thing is answered exactly like one that does not exist.</summary>
    public static Refused Missing(string what, object id) =>
        new("not_found", $"There is no {what} with the id {id}. Look it up again in the list.", status: 404);
}

/// <summary>Not now: a lock, the database or a twin of the request is in the way. The same request may be sent again.</summary>
public sealed class Busy(string sentence, Exception? cause = null) : Exception(sentence, cause);

/// <summary>What a verb decided about one request of a batch: a result, or why not.</summary>
public readonly record struct Verdict<T>
{
    private readonly T? _result;

    private Verdict(T? result, Refused? refusal) => (_result, Refusal) = (result, refusal);

    public Refused? Refusal { get; }

    public T Result => Refusal is null ? _result! : throw Refusal;

    public static implicit operator Verdict<T>(T result) => new(result, null);

    public static implicit operator Verdict<T>(Refused refusal) => new(default, refusal);
}
