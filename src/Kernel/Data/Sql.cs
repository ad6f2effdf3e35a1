using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Millrace.Kernel;

/// <summary>Interpolated SQL whose holes are always parameters; there is no way to make one from a plain string.</summary>
[InterpolatedStringHandler]
public sealed class Sql
{
    private readonly StringBuilder _text;
    private readonly List<NpgsqlParameter> _parameters;

    public Sql(int literalLength, int formattedCount)
    {
        _text = new StringBuilder(literalLength + (formattedCount * 3));
        _parameters = new List<NpgsqlParameter>(formattedCount);
    }

    internal Sql(string fileText, IEnumerable<NpgsqlParameter> parameters)
    {
        _text = new StringBuilder(fileText);
        _parameters = [.. parameters];
    }

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted<T>(T value)
    {
        _parameters.Add(Parameter(value));
        _text.Append('$').Append(_parameters.Count);
    }

    internal NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(_text.ToString());
        foreach (var parameter in _parameters)
            command.Parameters.Add(parameter);
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
