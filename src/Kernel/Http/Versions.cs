using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>ETag and If-Match: nobody overwrites what they have not seen.</summary>
public static class Versions
{
    public static int Expected(HttpContext http) =>
        http.Request.Headers.IfMatch switch
        {
            [{ Length: > 2 } tag] when int.TryParse(tag.Trim('"'), CultureInfo.InvariantCulture, out var version) => version,
            [] => throw new Refused("version.required", "Send If-Match with the ETag you have read.", status: 428),
            _ => throw new Invalid("version.malformed", "If-Match must be the one ETag you have read, such as \"3\"."),
        };

    public static void Show(HttpContext http, int version) =>
        http.Response.Headers.ETag = $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    public static Refused Changed(string what) =>
        new(
            "version.changed",
            $"This {what} was changed by somebody else meanwhile. Load it again and repeat your change.",
            status: 412
        );
}
