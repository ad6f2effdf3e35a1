using System.Globalization;

namespace Millrace.Kernel;

/// <summary>Redis did not answer in time, or not at all.</summary>
public sealed class RedisAway(string reason, Exception? cause = null) : Exception(reason, cause);

/// <summary>Redis understood and refused.</summary>
public sealed class RedisError(string sentence) : Exception(sentence);

/// <summary>Where Redis is: host:port, or redis://[:password@]host:port[/database].</summary>
public sealed record RedisAddress(string Host, int Port, string? Password, int Database)
{
    public static RedisAddress Parse(string text)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"redis://{text}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != "redis" || uri.Host.Length == 0)
            throw new InvalidOperationException("MILLRACE_REDIS must be host:port or redis://:password@host:port/database.");
        var database = uri.AbsolutePath.Trim('/');
        return new RedisAddress(
            uri.Host,
            uri.Port < 0 ? 6379 : uri.Port,
            uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(uri.UserInfo.Split(':')[^1]),
            database.Length == 0 ? 0 : int.Parse(database, CultureInfo.InvariantCulture)
        );
    }
}
