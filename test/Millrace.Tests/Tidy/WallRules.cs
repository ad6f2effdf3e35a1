using System.Text.RegularExpressions;

namespace Millrace.Tests;

/// <summary>A module's statements may name another module's schema only through its published views.</summary>
internal static partial class WallRules
{
    private static readonly string[] Schemas = ["kernel", "company", "identity", "work", "catalog", "inventory", "accounting"];

    // What the kernel offers to every statement.
    private static readonly string[] ForAll = ["kernel.tenant", "kernel.fold"];

    // What is checked about the log needs the log.
    private static readonly string[] ForVerification = ["kernel.event", "kernel.event_pos", "kernel.cursor", "kernel.parked"];

    /// <summary>The doors, each with its reason.</summary>
    internal static readonly IReadOnlyDictionary<(string File, string Name), string> Doors = new Dictionary<
        (string, string),
        string
    >
    {
        [("src/Host/Commands/LoadDemo.cs", "company.tenant")] = "Sees that nothing but the demo is there before it goes.",
        [("src/Host/Demo/DemoLoader.cs", "company.tenant")] = "Finds the demo's tenants by their names, to load them once.",
        [("src/Kernel/Secrets/SealAgain.cs", "company.tenant")] = "Seals the secrets of all tenants again.",
        [("src/Kernel/Alerts/AlertBook.cs", "company.tenant")] = "Tells every tenant of an alert of the installation.",
        [("src/Kernel/Verification/Verifier.cs", "company.tenant")] =
            "Walks through all tenants; the owner's policy shows the list.",
    };

    internal static IEnumerable<(string File, string Name)> Foreign(Source file)
    {
        var own = file.Path.Split('/')[1].ToLowerInvariant();
        var checks =
            file.Path.Contains("/Verification/", StringComparison.Ordinal)
            && file.Path.EndsWith(".sql", StringComparison.Ordinal);
        return (
            from statement in Statements(file)
            from Match name in SchemaName().Matches(statement)
            let schema = name.Groups["schema"].Value
            where
                schema != own && Schemas.Contains(schema) && !name.Groups["name"].Value.StartsWith("v_", StringComparison.Ordinal)
            where !ForAll.Contains(name.Value) && !(checks && ForVerification.Contains(name.Value))
            select (file.Path, name.Value)
        ).Distinct();
    }

    /// <summary>The whole of a .sql file; of a .cs file the literals that are statements. Words in quotes are data.</summary>
    private static IEnumerable<string> Statements(Source file) =>
        file.Path.EndsWith(".sql", StringComparison.Ordinal)
            ? [Plain(file.Text)]
            : Literal().Matches(file.Text).Select(one => one.Value).Where(text => Verb().IsMatch(text)).Select(Plain);

    private static string Plain(string statement) => Quoted().Replace(Comment().Replace(statement, ""), "''");

    [GeneratedRegex(@"\b(?<schema>[a-z]+)\.(?<name>[a-z_][a-z0-9_]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SchemaName();

    [GeneratedRegex("\"\"\".*?\"\"\"|\"(\\\\.|[^\"\\\\\n])*\"", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(
        @"\b(select|insert into|update|delete from|call|truncate|copy|merge into|lock table|from|join)\b",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Verb();

    [GeneratedRegex("'([^']|'')*'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("--[^\n]*", RegexOptions.None, 1000)]
    private static partial Regex Comment();
}
