namespace Millrace.Work;

/// <summary>Which rule fits a document: the first by rank whose every condition is met. Without a database.</summary>
internal static class ApprovalRuleJudge
{
    internal sealed record Rule(
        Guid Id,
        int Version,
        Guid? CompanyId,
        IReadOnlyList<ApprovalCondition> Conditions,
        IReadOnlyList<ApprovalStep> Steps
    );

    internal static Rule? FirstThatFits(IEnumerable<Rule> byRank, Guid companyId, ApprovalAttributes attributes) =>
        byRank.FirstOrDefault(rule =>
            (rule.CompanyId is null || rule.CompanyId == companyId) && rule.Conditions.All(one => IsMet(one, attributes))
        );

    // An attribute the document does not carry meets no condition.
    private static bool IsMet(ApprovalCondition condition, ApprovalAttributes attributes) =>
        condition switch
        {
            { From: { } from } => attributes.Amounts.TryGetValue(condition.Attribute, out var amount) && amount >= from,
            { Is: { } word } => attributes.Words.TryGetValue(condition.Attribute, out var words) && words.Contains(word),
            _ => false,
        };
}
