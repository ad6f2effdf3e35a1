using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>Gives what the framework's validation found (every error at once) the form of all our problems.</summary>
internal sealed class InvalidInput : IProblemDetailsService
{
    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var errors =
            (context.ProblemDetails as HttpValidationProblemDetails)?.Errors
            ?? new Dictionary<string, string[]>(StringComparer.Ordinal);
        await Problem.Write(
            context.HttpContext,
            StatusCodes.Status400BadRequest,
            "input.invalid",
            errors.Count == 1
                ? errors.First().Value[0]
                : $"{errors.Count} fields are not valid. Each is named with what it should be.",
            errors.ToDictionary(one => Path(one.Key), one => one.Value, StringComparer.Ordinal)
        );
    }

    public async ValueTask<bool> TryWriteAsync(ProblemDetailsContext context)
    {
        await WriteAsync(context);
        return true;
    }

    // Lines[0].Quantity as the caller wrote it: lines[0].quantity
    private static string Path(string name) =>
        string.Join('.', name.Split('.').Select(part => part.Length == 0 ? part : char.ToLowerInvariant(part[0]) + part[1..]));
}
