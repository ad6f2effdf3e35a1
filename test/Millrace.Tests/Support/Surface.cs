using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>An endpoint of the program as the outside meets it, with what it declares.</summary>
public sealed partial record Surface(string Method, string Pattern, Right? Right, bool TakesKey, bool TakesBody, bool TakesPage)
{
    public string Name => $"{Method} {Pattern}";

    public static IReadOnlyList<Surface> Of(IServiceProvider services) =>
        Of((EndpointDataSource)services.GetService(typeof(EndpointDataSource))!);

    public static IReadOnlyList<Surface> Of(EndpointDataSource endpoints) =>
        [
            .. endpoints
                .Endpoints.OfType<RouteEndpoint>()
                .SelectMany(one =>
                    (one.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(method => new Surface(
                        method,
                        one.RoutePattern.RawText ?? "",
                        one.Metadata.GetMetadata<Right>(),
                        one.Metadata.GetMetadata<KeyRequired>() is not null,
                        one.Metadata.GetMetadata<IAcceptsMetadata>() is not null,
                        one.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Any(each => each.ParameterType == typeof(PageOf))
                            == true
                    ))
                )
                .OrderBy(one => one.Pattern, StringComparer.Ordinal)
                .ThenBy(one => one.Method, StringComparer.Ordinal),
        ];

    /// <summary>The path with each hole filled by its name.</summary>
    public string Path(Func<string, string> fill) => Hole().Replace(Pattern, hole => fill(hole.Groups["name"].Value));

    /// <summary>Does a path without its query belong to this endpoint?</summary>
    public bool Fits(string path) =>
        Regex.IsMatch(path, $"^{Hole().Replace(Pattern, "[^/]+")}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>A value of the right shape that names nothing.</summary>
    public static string Nothing(string name) =>
        name switch
        {
            "period" => "2026-01",
            "year" => "2026",
            "documentName" => "v1",
            "path" => "somewhere",
            _ => Guid.CreateVersion7().ToString(),
        };

    [GeneratedRegex(@"\{\*?(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hole();
}
