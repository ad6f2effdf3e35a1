using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// Reads a row into a record by the names of its constructor's parameters (snake_case columns), or a single value.
/// </summary>
internal static class Rows
{
    private static readonly ConcurrentDictionary<(Type Type, string Columns), Delegate> Readers = new();
    private static readonly MethodInfo FieldValue = typeof(NpgsqlDataReader).GetMethod(nameof(NpgsqlDataReader.GetFieldValue))!;
    private static readonly MethodInfo IsNull = typeof(NpgsqlDataReader).GetMethod(nameof(NpgsqlDataReader.IsDBNull))!;

    internal static Func<NpgsqlDataReader, T> Reader<T>(NpgsqlDataReader reader)
    {
        var columns = new string[reader.FieldCount];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = reader.GetName(i).Replace("_", "", StringComparison.Ordinal);
        return (Func<NpgsqlDataReader, T>)
            Readers.GetOrAdd((typeof(T), string.Join(',', columns)), static (_, names) => Build<T>(names), columns);
    }

    private static Func<NpgsqlDataReader, T> Build<T>(string[] columns)
    {
        var row = Expression.Parameter(typeof(NpgsqlDataReader), "row");
        Expression body = IsSingleValue(typeof(T)) ? Read(row, 0, typeof(T)) : Construct(typeof(T), row, columns);
        return Expression.Lambda<Func<NpgsqlDataReader, T>>(body, row).Compile();
    }

    private static NewExpression Construct(Type type, ParameterExpression row, string[] columns)
    {
        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).First();
        var arguments = constructor
            .GetParameters()
            .Select(parameter =>
                Array.FindIndex(columns, column => string.Equals(column, parameter.Name, StringComparison.OrdinalIgnoreCase))
                    is var ordinal
                        and >= 0
                    ? Read(row, ordinal, parameter.ParameterType)
                    : throw new InvalidOperationException(
                        $"{type.Name} wants a column for '{parameter.Name}'; the statement returns: {string.Join(", ", columns)}."
                    )
            );
        return Expression.New(constructor, arguments);
    }

    private static ConditionalExpression Read(ParameterExpression row, int ordinal, Type type)
    {
        var index = Expression.Constant(ordinal);
        var stored = Nullable.GetUnderlyingType(type) ?? type;
        return Expression.Condition(
            Expression.Call(row, IsNull, index),
            Expression.Default(type),
            Expression.Convert(Expression.Call(row, FieldValue.MakeGenericMethod(stored), index), type)
        );
    }

    private static bool IsSingleValue(Type type)
    {
        var stored = Nullable.GetUnderlyingType(type) ?? type;
        return stored.IsPrimitive
            || stored.IsArray
            || stored == typeof(string)
            || stored == typeof(decimal)
            || stored == typeof(Guid)
            || stored == typeof(DateOnly)
            || stored == typeof(DateTime)
            || stored == typeof(DateTimeOffset)
            || stored == typeof(TimeSpan);
    }
}
