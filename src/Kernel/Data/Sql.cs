using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Millrace.Kernel;

/// <summary>Interpolated SQL whose holes are always parameters; there is no way to make one from a plain string.</summary>
[InterpolatedStringHandler]
public sealed class Sql
{
    // Text, or a parameter between two texts: its number is known only when the whole statement is.
    private readonly List<(string? Text, NpgsqlParameter? Parameter)> _parts;

    public Sql(int literalLength, int formattedCount) => _parts = new((formattedCount * 2) + 1);

    internal Sql(string fileText, IEnumerable<NpgsqlParameter> parameters)
    {
        _parts = [(fileText, null)];
        FileParameters = [.. parameters];
    }

    // A statement from a file numbers its parameters itself.
    private IReadOnlyList<NpgsqlParameter>? FileParameters { get; }

    public void AppendLiteral(string value) => _parts.Add((value, null));

    // A piece of a statement is put in as it is. This is no overload: one that takes Sql would also take an interpolated string,
    // which in a hole is a value.
    public void AppendFormatted<T>(T value)
    {
        if (value is not Sql piece)
            _parts.Add((null, Parameter(value)));
        else
            foreach (var (text, parameter) in piece._parts)
                _parts.Add((text, parameter?.Clone()));
    }

    /// <summary>Says that an interpolated text is meant as SQL where the compiler would take it for a string.</summary>
    public static Sql Of(Sql sql) => sql;

    /// <summary>All of these conditions; without any, everything.</summary>
    public static Sql All(IReadOnlyList<Sql> conditions) => conditions.Count == 0 ? Of($"true") : Join(conditions, $" and ");

    /// <summary>One of these conditions at least.</summary>
    public static Sql Any(IReadOnlyList<Sql> conditions) => Join(conditions, $" or ");

    public static Sql List(IReadOnlyList<Sql> pieces) => Join(pieces, $", ");

    /// <summary>
    /// Rows given as arrays, for a statement that is planned once and kept, perhaps while its tables are still empty. The limit
    /// cuts nothing; it has the planner expect one row. Each row then looks up its own in a lateral select with a limit: so the
    /// whole key goes into the index, which a plain join does not promise.
    /// </summary>
    public static Sql Few(Sql rows, int count) => Of($"(select * from {rows} limit {count})");

    /// <summary>Behind "for update": rows that somebody else holds are left out instead of being waited for.</summary>
    public static Sql PassOver(bool isHeldPassedOver) => isHeldPassedOver ? (Sql)$"skip locked" : $"";

    private static Sql Join(IReadOnlyList<Sql> pieces, Sql between)
    {
        Sql joined = $"";
        for (var at = 0; at < pieces.Count; at++)
        {
            if (at > 0)
                joined.AppendFormatted<Sql>(between);
            joined.AppendFormatted(pieces[at]);
        }
        return joined;
    }

    /// <summary>For whoever debugs; nothing is run from it.</summary>
    public override string ToString() => string.Concat(_parts.Select(part => part.Text ?? "?"));

    internal NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand();
        var text = new StringBuilder();
        foreach (var (literal, parameter) in _parts)
        {
            if (parameter is null)
            {
                text.Append(literal);
                continue;
            }
            command.Parameters.Add(parameter);
            text.Append('$').Append(command.Parameters.Count);
        }
        foreach (var parameter in FileParameters ?? [])
            command.Parameters.Add(parameter);
        command.CommandText = text.ToString();
        return command;
    }

    internal static NpgsqlParameter Parameter<T>(T value) =>
        value switch
        {
            Json json => new NpgsqlParameter<string> { TypedValue = json.Text, NpgsqlDbType = NpgsqlDbType.Jsonb },
            Json[] many => new NpgsqlParameter<string[]>
            {
                TypedValue = Array.ConvertAll(many, one => one.Text),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
            },
            _ => new NpgsqlParameter<T> { TypedValue = value },
        };
}

/// <summary>JSON text as a parameter of type jsonb.</summary>
public readonly record struct Json(string Text);

/// <summary>A long statement kept in an embedded .sql file beside its verb, with positional parameters.</summary>
public sealed class SqlFile
{
    private readonly string _text;

    private SqlFile(string text) => _text = text;

    /// <summary>
    /// The file at a path such as "Accounting/Vouchers/post.sql" in the assembly of <typeparamref name="TModule"/>.
    /// </summary>
    public static SqlFile In<TModule>(string path)
    {
        using var stream =
            typeof(TModule).Assembly.GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"No embedded statement {path} in {typeof(TModule).Assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return new SqlFile(reader.ReadToEnd());
    }

    public Sql With() => new(_text, []);

    public Sql With<T1>(T1 one) => new(_text, [Sql.Parameter(one)]);

    public Sql With<T1, T2>(T1 one, T2 two) => new(_text, [Sql.Parameter(one), Sql.Parameter(two)]);

    public Sql With<T1, T2, T3>(T1 one, T2 two, T3 three) =>
        new(_text, [Sql.Parameter(one), Sql.Parameter(two), Sql.Parameter(three)]);

    public Sql With<T1, T2, T3, T4>(T1 one, T2 two, T3 three, T4 four) =>
        new(_text, [Sql.Parameter(one), Sql.Parameter(two), Sql.Parameter(three), Sql.Parameter(four)]);
}
