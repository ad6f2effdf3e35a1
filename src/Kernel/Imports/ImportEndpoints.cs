using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>What can be imported, a file to begin with, and what is wrong with the rows of one.</summary>
internal static class ImportEndpoints
{
    public sealed record Field(
        string Name,
        string Title,
        string Kind,
        string Example,
        bool Needed,
        bool Key,
        IReadOnlyList<ListEndpoints.ShownChoice> Choices
    );

    public sealed record Row(string Name, string Title, IReadOnlyList<Field> Fields);

    internal static void Add(IServiceCollection services)
    {
        services.AddSingleton<ImportKinds>();
        services.AddSingleton<ImportJobs>();
        services.AddJob<CheckRows>((all, run, job) => all.GetRequiredService<ImportJobs>().Check(run, job), Longest);
        services.AddJob<WriteRows>((all, run, job) => all.GetRequiredService<ImportJobs>().Write(run, job), Longest);
        services.AddJob<UndoRows>((all, run, job) => all.GetRequiredService<ImportJobs>().Undo(run, job), Longest);
        services.DeclarePermission(Imports.Use, "Import files");
        services.DeclareEvent<ImportChanged>(Imports.Use);
        services.DeclareList(Imports.List, Imports.Use);
    }

    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/import-kinds", Kinds).Needs(Imports.Use).Problems(400).WithSummary("What you may import, and its fields");
        api.MapGet("/import-kinds/{kind}/template", Template)
            .Needs(Imports.Use)
            .Problems(400)
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .WithSummary("A file with the headings and an example, to be filled");
        api.MapList("/imports", Imports.List, Imports.Use, "Imports");
        SendFile.Map(api);
        UnderstandFile.Map(api);
        RunImport.Map(api);
        api.MapGet("/imports/{id:guid}/faults", Faults)
            .Needs(Imports.Use)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("What is wrong with the rows of an import, by their number in the file");
    }

    private static async Task<IReadOnlyList<Row>> Kinds(
        HttpContext http,
        Db db,
        ImportKinds kinds,
        [OneOf("en", "tr")] string? language
    )
    {
        var rows = new List<Row>();
        foreach (var kind in kinds.All.Where(kind => Caller.Required(http).Permissions.Contains(kind.Permission)))
            rows.Add(
                new Row(
                    kind.Name,
                    kind.Title.In(language),
                    [.. (await ImportFields.With(db, kind)).Fields.Select(field => Shown(field, language))]
                )
            );
        return rows;
    }

    private static Field Shown(ImportField field, string? language) =>
        new(
            field.Name,
            field.Title.In(language),
            field.Kind.ToString().ToLowerInvariant(),
            field.Example,
            field.Needed,
            field.Key,
            [.. field.Choices.Select(one => new ListEndpoints.ShownChoice(one.Value, one.Title.In(language)))]
        );

    private static async Task<IResult> Template(
        HttpContext http,
        Db db,
        ImportKinds kinds,
        string kind,
        [OneOf("csv", "xlsx")] string? format,
        [OneOf("en", "tr")] string? language
    ) =>
        new EmptyForm(
            await ImportFields.With(db, kinds.Permitted(Caller.Required(http), kind)),
            format ?? "xlsx",
            language ?? "en"
        );

    private sealed class EmptyForm(ImportKind kind, string format, string language) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using var sheet = await ISheet.Answer(httpContext, kind.Name, format, language);
            await sheet.Head([.. kind.Fields.Select(field => field.Title.In(language))]);
            await sheet.Row([.. kind.Fields.Select(Example)]);
        }

        private object? Example(ImportField field) =>
            field.Kind switch
            {
                ColumnKind.Number => decimal.Parse(field.Example, System.Globalization.CultureInfo.InvariantCulture),
                ColumnKind.Date => DateOnly.Parse(field.Example, System.Globalization.CultureInfo.InvariantCulture),
                ColumnKind.Flag => field.Example == "yes",
                ColumnKind.Choice => field
                    .Choices.First(one => one.Value == field.Example || one.Title.English == field.Example)
                    .Title.In(language),
                _ => field.Example,
            };
    }

    private static async Task<Page<ImportFault>> Faults(HttpContext http, Db db, ImportKinds kinds, PageOf page, Guid id)
    {
        var after = page.Start<int[]>() ?? [0, 0];
        if (after.Length != 2)
            throw Invalid.Field("after", "after must be the cursor that the page before has given as next.");
        kinds.Permitted(Caller.Required(http), (await Imports.One(db, id)).Kind);
        var rows = await db.Query<Numbered>(
            $"""
            select row_no as no, fault_no, field, value, code, message from kernel.import_fault
            where import_id = {id} and (row_no, fault_no) > ({after[0]}, {after[1]})
            order by row_no, fault_no limit {page.Limit + 1}
            """
        );
        var cut = page.Cut(rows, row => new[] { row.No, row.FaultNo });
        return new Page<ImportFault>(
            [.. cut.Items.Select(row => new ImportFault(row.No, row.Field, row.Value, row.Code, row.Message))],
            cut.Next
        );
    }

    private sealed record Numbered(int No, int FaultNo, string Field, string Value, string Code, string Message);
}
