using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>What the token and the revocation endpoint read and how they refuse, as RFC 6749 has it.</summary>
internal static class Forms
{
    internal sealed record Error(string error, string error_description);

    internal sealed record Claimed(int Tenant, Guid Id, string Secret);

    internal static async Task<IFormCollection?> Read(HttpContext http)
    {
        try
        {
            return http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        }
        catch (InvalidDataException)
        {
            return null; // too many or too long fields, or a multipart form without a boundary
        }
    }

    /// <summary>The one value of a field; nothing when it is missing, empty, too long or sent twice.</summary>
    internal static string? One(IFormCollection form, string name) =>
        form[name] is [{ Length: > 0 and <= 2000 } value] ? value : null;

    /// <summary>Who the client says it is, by header or by body; a public client has no secret to show.</summary>
    internal static Claimed? Client(HttpContext http, IFormCollection form)
    {
        var (id, secret) = (form["client_id"].ToString(), form["client_secret"].ToString());
        if (http.Request.Headers.Authorization is [{ } header] && header.StartsWith("Basic ", StringComparison.Ordinal))
        {
            Span<byte> bytes = stackalloc byte[512];
            if (!Convert.TryFromBase64String(header["Basic ".Length..], bytes, out var length))
                return null;
            if (Encoding.UTF8.GetString(bytes[..length]).Split(':', 2) is not [var name, var word])
                return null;
            (id, secret) = (Uri.UnescapeDataString(name), Uri.UnescapeDataString(word));
        }
        return IdOf(id) is var (tenant, client) && secret.Length <= 256 ? new Claimed(tenant, client, secret) : null;
    }

    /// <summary>The tenant stands in the id, so that the look-up happens behind its wall.</summary>
    internal static (int Tenant, Guid Client)? IdOf(string id) =>
        id.Split('.', 2) is [var tenant, var client]
        && int.TryParse(tenant, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && Guid.TryParseExact(client, "D", out var clientId)
            ? (number, clientId)
            : null;

    /// <summary>Gives the log of requests the code of a refusal, which has a form of its own here.</summary>
    internal static async ValueTask<object?> NoteRefusal(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (result is JsonHttpResult<Error> { Value: { } refused })
            Problem.Note(context.HttpContext, $"oauth.{refused.error}");
        return result;
    }

    internal static JsonHttpResult<Error> Refuse(int status, string error, string sentence) =>
        TypedResults.Json(new Error(error, sentence), statusCode: status);
}
