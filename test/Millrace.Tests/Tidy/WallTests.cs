namespace Millrace.Tests;

public sealed class WallTests
{
    [Fact]
    public void Statements_name_other_schemas_only_through_published_views()
    {
        var files = Source.In("src", ".cs", ".sql").Where(file => !file.Path.Contains("/Schema/", StringComparison.Ordinal));

        var found = files.SelectMany(WallRules.Foreign).ToList();

        Assert.DoesNotContain(found, one => !WallRules.Doors.ContainsKey(one));
        // A door that nobody uses any more is closed.
        Assert.Empty(WallRules.Doors.Keys.Except(found));
    }

    [Theory]
    [InlineData("src/Inventory/A.cs", "var a = db.Query<int>($\"select name from catalog.item\");", "catalog.item")]
    [InlineData("src/Inventory/A.cs", "$\"\"\"\n    update company.period\n    set x = 1\n    \"\"\"", "company.period")]
    [InlineData(
        "src/Inventory/A.cs",
        "$\"select 1 from inventory.balance b join catalog.item i using (item_id)\"",
        "catalog.item"
    )]
    [InlineData("src/Inventory/A.cs", "$\"select company.secret()\"", "company.secret")]
    [InlineData("src/Inventory/A.cs", "$\"select pos from kernel.event_pos\"", "kernel.event_pos")]
    [InlineData("src/Catalog/a.sql", "select 1 from inventory.movement", "inventory.movement")]
    public void The_scan_finds_what_is_planted(string path, string text, string name) =>
        Assert.Equal([(path, name)], WallRules.Foreign(new Source(path, text)));

    [Theory]
    [InlineData("src/Inventory/A.cs", "$\"select name from catalog.v_item where tenant_id = kernel.tenant()\"")]
    [InlineData("src/Inventory/A.cs", "$\"select on_hand from inventory.balance\"")]
    [InlineData("src/Inventory/A.cs", "const string Right = \"catalog.item.write\";")]
    [InlineData("src/Inventory/A.cs", "$\"select 1 from inventory.balance where note = 'catalog.item'\" // catalog.item")]
    [InlineData("src/Inventory/Verification/a.sql", "select 1 from kernel.event -- not catalog.item")]
    public void The_scan_lets_pass_what_is_allowed(string path, string text) =>
        Assert.Empty(WallRules.Foreign(new Source(path, text)));
}
