namespace Millrace.Tests;

public sealed class StyleTests
{
    // Neither money nor quantity: how long a lease lasts and how long a test waits.
    private static readonly string[] Seconds = ["src/Host/Commands/Serve.cs"];

    private static IReadOnlyList<Source> Code => Source.In("src test bench", ".cs");

    private static IReadOnlyList<Source> Statements => Source.In("src", ".sql");

    [Fact]
    public void Files_have_at_most_300_lines() => Assert.Empty(Code.Concat(Statements).SelectMany(StyleRules.Length));

    [Fact]
    public void Lines_are_at_most_130_wide_and_statements_150() =>
        Assert.Empty(Code.Concat(Statements).SelectMany(StyleRules.Width).Distinct());

    [Fact]
    public void Nothing_is_left_for_later() =>
        Assert.Empty(
            Source
                .In("src test bench bin deploy web/src", ".cs", ".sql", ".ts", ".tsx", ".conf")
                .SelectMany(StyleRules.Unfinished)
        );

    [Fact]
    public void Folders_are_topics() => Assert.Empty(Code.Concat(Statements).SelectMany(StyleRules.Folders));

    [Fact]
    public void Types_are_named_by_what_they_are() => Assert.Empty(Code.SelectMany(StyleRules.Names));

    [Fact]
    public void Money_and_quantity_are_never_floating_point() =>
        Assert.Empty(
            Code.Concat(Statements)
                .Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && !Seconds.Contains(file.Path))
                .SelectMany(StyleRules.FloatingPoint)
        );

    [Fact]
    public void The_scan_sees_the_files()
    {
        Assert.True(Code.Count > 100, $"Only {Code.Count} files were found.");
        Assert.True(Statements.Count > 15, $"Only {Statements.Count} statements were found.");
    }

    [Theory]
    [InlineData("src/Sales/Services/Ship.cs", "class Ship;")]
    [InlineData("src/Sales/Ship.cs", "internal sealed class Order" + "Manager;")]
    [InlineData("src/Sales/Ship.cs", "public record Line" + "Dto(int Id);")]
    [InlineData("src/Sales/Ship.cs", "public interface IShip" + "Service")]
    [InlineData("src/Sales/Ship.cs", "public double Price;")]
    [InlineData("src/Sales/Schema/001.sql", "price double precision not null")]
    [InlineData("src/Sales/Ship.cs", "// TO" + "DO: later")]
    public void The_rules_find_what_is_planted(string path, string text)
    {
        var file = new Source(path, text);
        Assert.Single(
            StyleRules
                .Folders(file)
                .Concat(StyleRules.Names(file))
                .Concat(StyleRules.FloatingPoint(file))
                .Concat(StyleRules.Unfinished(file))
        );
    }

    [Fact]
    public void The_rules_find_what_is_too_long_or_too_wide()
    {
        Assert.Single(StyleRules.Length(new Source("a.cs", string.Concat(Enumerable.Repeat("\n", 300)) + "x")));
        Assert.Empty(StyleRules.Length(new Source("a.cs", string.Concat(Enumerable.Repeat("x\n", 300)))));
        Assert.Single(StyleRules.Width(new Source("a.cs", new string('x', 131))));
        Assert.Empty(StyleRules.Width(new Source("a.sql", new string('x', 150))));
        Assert.Single(StyleRules.Width(new Source("a.sql", new string('x', 151))));
    }
}
