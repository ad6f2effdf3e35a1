using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Millrace.Kernel;

/// <summary>How data looks outside: camelCase, decimals as strings both ways, nothing unknown accepted.</summary>
public static class Wire
{
    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.MaxDepth = 16;
        options.Converters.Add(new DecimalText());
        return options;
    }

    /// <summary>"12.50" on the wire; JavaScript's numbers would lose digits.</summary>
    private sealed class DecimalText : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
            return
                reader.TokenType == JsonTokenType.String
                && decimal.TryParse(reader.GetString(), plain, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new JsonException("A quantity or amount is a string with a decimal point, such as \"12.5\".");
        }

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Plain(value));

        // numeric(19,6) comes back as 12.500000; people and programs read 12.5.
        private static string Plain(decimal value) =>
            (value / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
    }
}
