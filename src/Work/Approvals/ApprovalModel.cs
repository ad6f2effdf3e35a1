using System.ComponentModel.DataAnnotations;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>What a module asks about: its document with the attributes that the rules look at.</summary>
public sealed record ApprovalRequest(
    string DocumentType,
    Guid DocumentId,
    string Title,
    Guid CompanyId,
    ApprovalAttributes Attributes,
    Guid RequestedBy
);

/// <summary>Amounts to compare and words to look for; a word attribute may have several, such as all kinds of items.</summary>
public sealed record ApprovalAttributes(
    IReadOnlyDictionary<string, decimal> Amounts,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Words
);

/// <summary>A person, or whoever holds a role.</summary>
public sealed record Approver([Required, OneOf("person", "role")] string Kind, Guid Id);

/// <summary>
/// One step: any one of the approvers, or all of them; who is asked beside them when nobody has answered in time.
/// </summary>
public sealed record ApprovalStep(
    [Required, OneOf("any", "all")] string Needs,
    [Required, Length(1, 20), Filled] IReadOnlyList<Approver> Approvers,
    [Range(1, 8760)] int? EscalateAfterHours = null,
    Approver? EscalateTo = null
);

/// <summary>An amount from which on a rule fits.</summary>
public sealed class LimitAttribute() : ExactAttribute("0", "999999999999", 4);

/// <summary>What an attribute must be: an amount from so much on, or a word that is just this.</summary>
public sealed record ApprovalCondition(
    [Required, Text(40)] string Attribute,
    [Limit] decimal? From = null,
    [Text(100)] string? Is = null
);

/// <summary>Somebody must approve first.</summary>
public sealed record PendingApproval(Guid Id, int Step, int Steps);

/// <summary>What somebody says about an approval they have seen.</summary>
public sealed record ApprovalDecision(
    string DocumentType,
    Guid DocumentId,
    Guid ApprovalId,
    Guid Actor,
    bool Approve,
    string Comment
);

/// <summary>How an approval stands after a decision: pending (the next step or more people), approved or rejected.</summary>
public sealed record ApprovalOutcome(Guid ApprovalId, string State, int Step, int Steps, Guid StandsFor);

internal static class ApprovalState
{
    internal const string Pending = "pending";
    internal const string Approved = "approved";
    internal const string Rejected = "rejected";
    internal const string Withdrawn = "withdrawn";
    internal const string Reopened = "reopened";
}
