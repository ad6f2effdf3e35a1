using Xunit.v3;

namespace Millrace.Tests;

/// <summary>The number of the backbone case (docs/CASES.md) that a test stands for.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class CaseAttribute(string number) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Case", number)];
}
