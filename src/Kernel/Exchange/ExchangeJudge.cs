using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>Whether what is asked for can be done at all, and by this person.</summary>
internal sealed class ExchangeJudge(ImportKinds kinds, ListNames lists, ExchangeSettings settings)
{
    internal async Task Run(HttpContext http, Db db, Exchanges.Request request)
    {
        var how = request.How;
        if (how.Files is null == how.Database is null)
            throw Invalid.Field("how", "how names either files or a database.");
        if (how.Database is { } database)
            settings.Allow(database);
        if (request.Direction == "in")
        {
            kinds.Permitted(Caller.Required(http), request.Subject);
            return;
        }
        if (how.Files is { } files && (files.Name.AsSpan().ContainsAny('*', '?') || files.Name.StartsWith('.')))
            throw Invalid.Field("how.files.name", "A file that is sent has a name without signs such as * or ?.");
        var list = lists.MaySee(http, request.Subject);
        var (_, columns) = await ListAddress.Read(list, db, how.Query);
        if (
            how.Database is { } to
            && ForeignDatabase.Placeholders(to.Statement) is var used
            && !columns.Any(column => used.Contains(ForeignDatabase.NameOf(column)))
        )
            throw Invalid.Field(
                "how.database.statement",
                "The statement names none of the columns. There are: "
                    + $"{string.Join(", ", columns.Select(column => "@" + ForeignDatabase.NameOf(column)))}."
            );
    }
}
