using System.Text.RegularExpressions;

namespace Millrace.Tests;

/// <summary>A file of the repository, by its path from the root.</summary>
public sealed record Source(string Path, string Text)
{
    private static readonly string[] Built = ["obj", "artifacts", "node_modules", "dist", "bin", "data", ".git", "TestResults"];

    public IReadOnlyList<string> Lines => Text.TrimEnd('\n').Split('\n');

    /// <summary>The files below these folders whose names end so, without what a build has made.</summary>
    public static IReadOnlyList<Source> In(string folders, params string[] endings) =>
        [
            .. from folder in folders.Split(' ')
            let root = System.IO.Path.Combine(Repository.Root, folder)
            where Directory.Exists(root)
            from file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            let path = System.IO.Path.GetRelativePath(Repository.Root, file)
            where
                endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))
                && !path.Split('/').SkipLast(1).Any(Built.Contains)
            orderby path
            select new Source(path, File.ReadAllText(file)),
        ];

    /// <summary>The places where a pattern is found, each with the line it stands in.</summary>
    public IEnumerable<string> Places(Regex pattern) =>
        from line in Lines.Select((text, at) => (text, number: at + 1))
        where pattern.IsMatch(line.text)
        select $"{Path}:{line.number}: {line.text.Trim()}";
}
