using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Millrace.Identity;

/// <summary>
/// The cookie of a session: the tenant, so that the look-up happens behind its wall, and a secret only the browser has.
/// </summary>
internal sealed record SessionCookie(int Tenant, byte[] Secret)
{
    internal const string Name = "millrace";
    private const int SecretBytes = 32;

    internal byte[] Hash => SHA256.HashData(Secret);

    internal static SessionCookie Fresh(int tenant) => new(tenant, RandomNumberGenerator.GetBytes(SecretBytes));

    internal static SessionCookie? Of(HttpContext http)
    {
        var parts = http.Request.Cookies[Name]?.Split('.') ?? [];
        if (parts is not [var tenant, var secret] || !int.TryParse(tenant, CultureInfo.InvariantCulture, out var number))
            return null;
        Span<byte> bytes = stackalloc byte[SecretBytes];
        return
            Convert.FromHexString(secret, bytes, out _, out var read) == System.Buffers.OperationStatus.Done
            && read == SecretBytes
            ? new SessionCookie(number, bytes.ToArray())
            : null;
    }

    internal void Set(HttpContext http, DateTimeOffset until) =>
        http.Response.Cookies.Append(
            Name,
            string.Create(CultureInfo.InvariantCulture, $"{Tenant}.{Convert.ToHexStringLower(Secret)}"),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = http.Request.IsHttps,
                Expires = until,
                Path = "/",
            }
        );
}
