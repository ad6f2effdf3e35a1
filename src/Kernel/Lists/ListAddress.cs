using Microsoft.AspNetCore.WebUtilities;

namespace Millrace.Kernel;

/// <summary>What stands in the address of a list's screen or in a saved view of it: its rows, their order, its columns.</summary>
public static class ListAddress
{
    public static async Task<(ListQuery Query, IReadOnlyList<ListColumn> Columns)> Read(IList list, Db db, string text)
    {
        var said = QueryHelpers.ParseQuery(text);
        string[] All(string name) => said.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];
        Guid? company = All("companyId") is [var id, ..]
            ? Guid.TryParse(id, out var parsed)
                ? parsed
                : throw Invalid.Field("companyId", "companyId must be the id of a company.")
            : null;
        ListQuery query = new(
            All("filter"),
            All("match").FirstOrDefault(),
            All("search").FirstOrDefault(),
            All("sort").FirstOrDefault(),
            company,
            All("within")
        );
        string[] names = [.. All("column"), .. All("columns").SelectMany(names => names.Split(','))];
        list.Judge(query, await list.ColumnsFor(db, query.Conditions));
        return (query, ListEndpoints.Chosen(await list.ColumnsFor(db, names), names));
    }
}
