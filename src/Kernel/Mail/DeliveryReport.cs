using System.Text;

namespace Millrace.Kernel;

/// <summary>What a mail server reports about one of our mails (RFC 3464): given up, or only late.</summary>
internal sealed record DeliveryReport(int Tenant, Guid Mail, bool GivenUp, string Sentence)
{
    private const int Deepest = 5;
    private const int MostParts = 50;

    /// <summary>The report in a mail, or nothing when it is none about a mail of ours.</summary>
    internal static DeliveryReport? Read(byte[] mail)
    {
        var parts = Parts(Encoding.Latin1.GetString(mail), 0).Take(MostParts).ToList();
        if (parts.FirstOrDefault(part => part.Type == "message/delivery-status") is not { } status)
            return null;
        // The mail that came back, or its headers; the names of threads in the report itself are a second best.
        var about = parts
            .Where(part => part.Type is "message/rfc822" or "text/rfc822-headers" or "message/global-headers")
            .Select(part => Fields(part.Body).GetValueOrDefault("message-id"))
            .Concat(parts.Select(part => part.Fields.GetValueOrDefault("in-reply-to")))
            .Select(id => id is null ? null : MessageIds.Read(id))
            .FirstOrDefault(id => id is not null);
        if (about is not { } ours)
            return null;
        // The first block is about the server, each further one about a recipient; a mail of ours has one.
        var recipient = Blocks(status.Body).Select(Fields).FirstOrDefault(block => block.ContainsKey("action"));
        if (recipient is null)
            return null;
        var words = new[] { recipient.GetValueOrDefault("status"), recipient.GetValueOrDefault("diagnostic-code") };
        var sentence = string.Join(' ', words.OfType<string>().Append(recipient.GetValueOrDefault("final-recipient") ?? ""));
        return new DeliveryReport(
            ours.Tenant,
            ours.Mail,
            string.Equals(recipient["action"], "failed", StringComparison.OrdinalIgnoreCase),
            Clean(sentence)
        );
    }

    private sealed record Part(string Type, IReadOnlyDictionary<string, string> Fields, string Body);

    private static IEnumerable<Part> Parts(string text, int depth)
    {
        var (head, body) = Split(text);
        var fields = Fields(head);
        var (type, boundary) = TypeOf(fields.GetValueOrDefault("content-type") ?? "text/plain");
        yield return new Part(type, fields, Decoded(body, fields.GetValueOrDefault("content-transfer-encoding")));
        if (depth >= Deepest || boundary is null || !type.StartsWith("multipart/", StringComparison.Ordinal))
            yield break;
        foreach (var inner in $"\n{body}".Split($"\n--{boundary}", MostParts).Skip(1))
        {
            if (inner.StartsWith("--", StringComparison.Ordinal))
                yield break;
            foreach (var part in Parts(inner.TrimStart('\n'), depth + 1))
                yield return part;
        }
    }

    private static (string Head, string Body) Split(string text)
    {
        var plain = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return plain.IndexOf("\n\n", StringComparison.Ordinal) is >= 0 and var end
            ? (plain[..end], plain[(end + 2)..])
            : (plain, "");
    }

    private static Dictionary<string, string> Fields(string head)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var last = "";
        foreach (var line in Split(head.TrimStart('\r', '\n')).Head.Split('\n'))
            if (line.Length > 0 && line[0] is ' ' or '\t')
                fields[last] = fields.GetValueOrDefault(last) + " " + line.Trim();
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                fields.TryAdd(last = line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
        return fields;
    }

    private static string[] Blocks(string body) => body.Split("\n\n", MostParts, StringSplitOptions.RemoveEmptyEntries);

    private static (string Type, string? Boundary) TypeOf(string field)
    {
        var words = field.Split(';', StringSplitOptions.TrimEntries);
        var boundary = words.FirstOrDefault(word => word.StartsWith("boundary=", StringComparison.OrdinalIgnoreCase));
        return (words[0].ToLowerInvariant(), boundary?["boundary=".Length..].Trim('"'));
    }

    private static string Decoded(string body, string? encoding)
    {
        if (!string.Equals(encoding, "base64", StringComparison.OrdinalIgnoreCase))
            return body;
        var bytes = new byte[body.Length];
        return Convert.TryFromBase64String(body, bytes, out var length)
            ? Encoding.Latin1.GetString(bytes, 0, length).Replace("\r\n", "\n", StringComparison.Ordinal)
            : "";
    }

    private static string Clean(string text)
    {
        var plain = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return plain.Length > 500 ? plain[..500] : plain;
    }
}
