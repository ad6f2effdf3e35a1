using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>A type of document that waits for approvals, and what its rules may ask about.</summary>
public sealed record ApprovalSubject(string DocumentType, IReadOnlyList<string> Amounts, IReadOnlyList<string> Words);

/// <summary>What the modules let people make approval rules about, declared at start.</summary>
public sealed class ApprovalSubjects(IEnumerable<ApprovalSubject> declared)
{
    internal IReadOnlyList<ApprovalSubject> All { get; } = [.. declared.OrderBy(one => one.DocumentType, StringComparer.Ordinal)];

    internal ApprovalSubject Known(string type) =>
        All.FirstOrDefault(one => one.DocumentType == type)
        ?? throw Invalid.Field(
            "documentType",
            $"documentType must be one of: {string.Join(", ", All.Select(one => one.DocumentType))}."
        );
}

/// <summary>How a module lets people make approval rules about its documents.</summary>
public static class ApprovalDeclarations
{
    public static void DeclareApprovals(this IServiceCollection services, ApprovalSubject subject) =>
        services.AddSingleton(subject);
}
