using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Millrace.Identity;

/// <summary>
/// JSON Web Signatures with ES256 and nothing else: the algorithm is not negotiated.
/// Written here because no library for it can be had; small, and behind this one place.
/// </summary>
internal static class Jws
{
    internal static string Sign(ECDsa key, string keyId, object claims)
    {
        var header = Part(
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    alg = "ES256",
                    typ = "JWT",
                    kid = keyId,
                }
            )
        );
        var signed = $"{header}.{Part(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Part(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    /// <summary>The payload when the signature is right, otherwise nothing. The header decides only which key is asked.</summary>
    internal static JsonDocument? Verify(string token, Func<string, ECDsa?> keyById)
    {
        if (token.Length > 8192 || token.Split('.') is not [var header, var payload, var signature])
            return null;
        try
        {
            using var head = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            if (
                head.RootElement.GetProperty("alg").GetString() != "ES256"
                || head.RootElement.TryGetProperty("crit", out _)
                || keyById(head.RootElement.TryGetProperty("kid", out var kid) ? kid.GetString() ?? "" : "") is not { } key
            )
                return null;
            var right = key.VerifyData(
                Encoding.ASCII.GetBytes($"{header}.{payload}"),
                Base64Url.DecodeFromChars(signature),
                HashAlgorithmName.SHA256
            );
            return right ? JsonDocument.Parse(Base64Url.DecodeFromChars(payload)) : null;
        }
        catch (Exception malformed)
            when (malformed is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    internal static string Part(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
