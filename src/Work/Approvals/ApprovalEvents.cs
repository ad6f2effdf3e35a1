using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>A document waits for somebody's approval.</summary>
[EventType("ApprovalAsked", 1)]
public sealed record ApprovalAsked(Guid CompanyId, Guid ApprovalId, string DocumentType, Guid DocumentId, int Step, int Steps)
    : IEvent
{
    public string Aggregate => $"approval/{ApprovalId:N}";
}

/// <summary>
/// Somebody decided: the state is approved, rejected, or pending when further approvals are needed or one was taken back.
/// </summary>
[EventType("ApprovalDecided", 1)]
public sealed record ApprovalDecided(
    Guid CompanyId,
    Guid ApprovalId,
    string DocumentType,
    Guid DocumentId,
    string Decision,
    string State,
    int Step,
    Guid StandsFor
) : IEvent
{
    public string Aggregate => $"approval/{ApprovalId:N}";
}

/// <summary>An approval ended without a decision: it was withdrawn, or the document was changed and asked about anew.</summary>
[EventType("ApprovalClosed", 1)]
public sealed record ApprovalClosed(Guid CompanyId, Guid ApprovalId, string DocumentType, Guid DocumentId, string State) : IEvent
{
    public string Aggregate => $"approval/{ApprovalId:N}";
}

/// <summary>Nobody answered in time; somebody else is asked as well.</summary>
[EventType("ApprovalEscalated", 1)]
public sealed record ApprovalEscalated(Guid CompanyId, Guid ApprovalId, string DocumentType, Guid DocumentId, int Step) : IEvent
{
    public string Aggregate => $"approval/{ApprovalId:N}";
}
