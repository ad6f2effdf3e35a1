using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>One thing that a row may say: under which title people know it, and what it has to look like.</summary>
public sealed record ImportField(string Name, Words Title, ColumnKind Kind, string Example)
{
    /// <summary>No row without it.</summary>
    public bool Needed { get; init; }

    /// <summary>By these a row is known again; no two rows of a file have the same.</summary>
    public bool Key { get; init; }

    /// <summary>What a row says that leaves it empty.</summary>
    public string? Otherwise { get; init; }

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>The same rules that the API has for it.</summary>
    public IReadOnlyList<ValidationAttribute> Rules { get; init; } = [];
}

/// <summary>A row that can be read: its number in the file, and what it says of the fields that the file has.</summary>
public sealed record ImportRow(int No, IReadOnlyDictionary<string, object?> Values)
{
    public bool Has(string field) => Values.ContainsKey(field);

    public string Text(string field, string otherwise = "") => Values.GetValueOrDefault(field) as string ?? otherwise;

    public string? TextOrNull(string field) => Values.GetValueOrDefault(field) as string;

    public decimal? Number(string field) => Values.GetValueOrDefault(field) as decimal?;

    public DateOnly? Date(string field) => Values.GetValueOrDefault(field) as DateOnly?;

    public bool? Flag(string field) => Values.GetValueOrDefault(field) as bool?;
}

/// <summary>What is wrong with a row.</summary>
public sealed record ImportFault(int No, string Field, string Value, string Code, string Message);

/// <summary>
/// What a row has done: what it made or changed, its version since, and for a change what was there before; and the same of the
/// fields of one's own that it filled.
/// </summary>
public sealed record ImportEffect(
    int No,
    string Change,
    Guid Target,
    int Version,
    string? Before,
    string? FieldsBefore = null,
    int? FieldsVersion = null
);

/// <summary>From where a file came by itself, and how it is to be taken; the same source is taken once.</summary>
internal sealed record ImportOrigin(Guid ExchangeId, string Source, bool OnlyGood, bool MayUpdate);

/// <summary>What became of some rows; those that stand in neither list change nothing.</summary>
public sealed record ImportOutcome(IReadOnlyList<ImportEffect> Effects, IReadOnlyList<ImportFault> Faults)
{
    /// <summary>Rows that say what is there already, and what that is; needed where there are fields of one's own.</summary>
    public IReadOnlyList<(int No, Guid Target)> Unchanged { get; init; } = [];
}

/// <summary>How a module writes rows, and takes back what they did.</summary>
public sealed record ImportWork(
    Func<Db, IReadOnlyList<ImportRow>, bool, Task<ImportOutcome>> Write,
    Func<Db, IReadOnlyList<ImportEffect>, Task<IReadOnlyList<ImportFault>>> Undo
);

/// <summary>
/// Something of a module's that can come from a file: its fields, who may, and how. Rows come a thousand at a time, in one
/// transaction that is rolled back when it is only a trial.
/// </summary>
public sealed record ImportKind(string Name, Words Title, string Permission, IReadOnlyList<ImportField> Fields, ImportWork Work)
{
    /// <summary>The kind of document whose fields of one's own can come with it.</summary>
    public string? FieldsOf { get; init; }
}

/// <summary>The kinds that the modules have declared.</summary>
public sealed class ImportKinds(IEnumerable<ImportKind> declared)
{
    public IReadOnlyList<ImportKind> All { get; } = [.. declared];

    internal ImportKind Known(string name) =>
        All.FirstOrDefault(one => one.Name == name)
        ?? throw Invalid.Field("kind", $"kind must be one of: {string.Join(", ", All.Select(one => one.Name))}.");

    internal ImportKind Permitted(Caller caller, string name)
    {
        var kind = Known(name);
        return caller.Permissions.Contains(kind.Permission)
            ? kind
            : throw new Refused(
                "auth.forbidden",
                $"To import this needs the permission {kind.Permission}. Ask your administrator.",
                status: 403
            );
    }
}

/// <summary>How a module says what of its own can come from a file.</summary>
public static class ImportDeclarations
{
    public static void DeclareImport(this IServiceCollection services, ImportKind kind) => services.AddSingleton(kind);
}
