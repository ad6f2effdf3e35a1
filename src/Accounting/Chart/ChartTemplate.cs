namespace Millrace.Accounting;

/// <summary>A country's chart of accounts as a company starts with it; kept as rows in Charts/, not in code.</summary>
internal static class ChartTemplate
{
    internal sealed record Account(string Number, string NameTr, string NameEn, string Parent, bool Contra, string Type);

    /// <summary>The Turkish uniform chart to three digits.</summary>
    internal static IReadOnlyList<Account> Turkish { get; } = Read("tr");

    private static List<Account> Read(string country)
    {
        using var stream = typeof(ChartTemplate).Assembly.GetManifestResourceStream($"Accounting/Charts/{country}.csv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var accounts = new List<Account>();
        while (reader.ReadLine() is { } line)
            if (Fields(line) is [var number, var turkish, var english, var parent, var contra, var type])
                accounts.Add(new Account(number, turkish, english, parent, contra == "true", type));
            else
                throw new InvalidOperationException($"The chart {country} has a line that is not six fields: {line}");
        return accounts;
    }

    // One line of our own file: a comma inside a name stands in quotes, a quote is doubled.
    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var quoted = false;
        for (var at = 0; at < line.Length; at++)
            if (line[at] == '"' && quoted && at + 1 < line.Length && line[at + 1] == '"')
                field.Append(line[at++]);
            else if (line[at] == '"')
                quoted = !quoted;
            else if (line[at] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(line[at]);
        fields.Add(field.ToString());
        return fields;
    }
}
