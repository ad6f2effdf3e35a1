using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Millrace.Tests;

public sealed class ProjectTests
{
    [Fact]
    public void Modules_reference_what_the_table_in_the_architecture_says()
    {
        var table =
            from line in File.ReadLines(Path.Combine(Repository.Root, "docs/ARCHITECTURE.md"))
                .SkipWhile(line => line != "| module | references | owns |")
                .Skip(2)
                .TakeWhile(line => line.StartsWith('|'))
            let cells = line.Split('|', StringSplitOptions.TrimEntries)
            select $"{cells[1]}: {string.Join(", ", Names(cells[2]))}";
        var projects =
            from project in Projects("src")
            select $"{project.Name}: {string.Join(", ", project.References.Order(StringComparer.Ordinal))}";

        Assert.Equal(projects.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));

        static IEnumerable<string> Names(string cell) =>
            cell.Split(',', StringSplitOptions.TrimEntries)
                .Where(name => name is not ("–" or "-" or ""))
                .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void References_of_others_are_not_inherited() =>
        Assert.Contains(
            "<DisableTransitiveProjectReferences>true</DisableTransitiveProjectReferences>",
            File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props")),
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_package_version_is_used_and_every_package_has_one()
    {
        var used = Projects("src test bench")
            .SelectMany(one => one.Packages)
            .Concat(Packages("Directory.Build.props", "PackageReference"));

        Assert.Equal(Versions(), used.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_package_has_a_line_in_the_decisions()
    {
        var decisions = string.Concat(Source.In("docs/decisions", ".md").Select(file => file.Text));

        Assert.DoesNotContain(
            Versions(),
            name => !Regex.IsMatch(decisions, Named(name), RegexOptions.None, TimeSpan.FromSeconds(1))
        );
    }

    [Fact]
    public void Every_web_package_has_a_line_in_the_decisions()
    {
        var file = Path.Combine(Repository.Root, "web/package.json");
        var decisions = string.Concat(Source.In("docs/decisions", ".md").Select(one => one.Text));
        var words = decisions.Split([' ', ',', '|', '\n']);
        using var package = System.Text.Json.JsonDocument.Parse(File.ReadAllText(file));

        var names = package.RootElement.GetProperty("dependencies").EnumerateObject().Select(one => one.Name);

        // By its name, by that without the scope, or by the scope of a whole family.
        Assert.DoesNotContain(names, name => !words.Intersect([name, name.Split('/')[^1], $"{name.Split('/')[0]}/*"]).Any());
    }

    [Fact]
    public void Every_command_that_is_named_anywhere_is_there_and_can_be_run()
    {
        var texts = Directory
            .EnumerateFiles(Repository.Root, "*.md")
            .Select(File.ReadAllText)
            .Concat(Source.In("docs deploy bench src web/src", ".md", ".cs", ".yml", ".json").Select(file => file.Text));
        var pattern = new Regex(@"(?<![\w/.-])bin/[a-z]+\b(?![/.])", RegexOptions.None, TimeSpan.FromSeconds(5));
        var named = texts.SelectMany(text => pattern.Matches(text)).Select(match => match.Value);
        var commands = named.Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.Contains("bin/restore", commands);
        Assert.DoesNotContain(
            commands,
            one =>
                Path.Combine(Repository.Root, one) is var path
                && !(
                    File.Exists(path)
                    && !OperatingSystem.IsWindows()
                    && File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute)
                )
        );
    }

    [Fact]
    public void Every_code_of_a_refusal_is_in_the_description_of_the_api()
    {
        var api = File.ReadAllText(Path.Combine(Repository.Root, "docs/API.md"));
        var pattern = new Regex(@"new Refused\(\s*""(?<code>[a-z_.]+)""", RegexOptions.None, TimeSpan.FromSeconds(5));
        var codes = Source
            .In("src", ".cs")
            .SelectMany(file => pattern.Matches(file.Text))
            .Select(match => match.Groups["code"].Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Contains("inventory.short", codes);
        Assert.DoesNotContain(codes, code => !api.Contains($"`{code}`", StringComparison.Ordinal));
    }

    // The whole name: not the beginning or the end of another package's.
    private static string Named(string name) => $@"(?<![\w.]){Regex.Escape(name)}(?!\w|\.\w)";

    private sealed record Project(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages);

    private static IEnumerable<Project> Projects(string folders) =>
        from file in Source.In(folders, ".csproj")
        let root = XDocument.Parse(file.Text)
        select new Project(
            Path.GetFileNameWithoutExtension(file.Path),
            [
                .. root.Descendants("ProjectReference")
                    .Select(one => Path.GetFileNameWithoutExtension(one.Attribute("Include")!.Value)),
            ],
            [.. root.Descendants("PackageReference").Select(one => one.Attribute("Include")!.Value)]
        );

    private static IEnumerable<string> Versions() =>
        Packages("Directory.Packages.props", "PackageVersion").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Packages(string file, string element) =>
        XDocument.Load(Path.Combine(Repository.Root, file)).Descendants(element).Select(one => one.Attribute("Include")!.Value);
}
