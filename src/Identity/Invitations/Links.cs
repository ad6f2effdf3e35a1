using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Millrace.Identity;

/// <summary>Secrets that go out in a link and come back once: 256 random bits, of which only the hash is kept.</summary>
internal static class Links
{
    internal static string FreshSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    internal static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    // The tenant stands in the token, so that the look-up happens behind its wall.
    internal static string WithTenant(int? tenant, string secret) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenant}.{secret}");

    internal static (int Tenant, string Secret)? TenantOf(string token) =>
        token.Split('.') is [var tenant, { Length: > 0 and <= 128 } secret]
        && int.TryParse(tenant, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
            ? (number, secret)
            : null;

    /// <summary>
    /// A page of the web app, as the one who asks reaches it; the secret is behind the #, which no server logs.
    /// </summary>
    internal static string Page(HttpContext http, IdentitySettings settings, string path, string token) =>
        $"{settings.AddressFor(http)}{path}#{token}";
}
