using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>The OpenAPI document: generated from the endpoints, committed at docs/openapi.v1.json, compared in CI.</summary>
internal static class ApiDocument
{
    internal static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        document.Info = new OpenApiInfo { Title = "Millrace", Version = "v1" };
                        document.Servers = [];
                        return Task.CompletedTask;
                    }
                );
                options.CreateSchemaReferenceId = NameOf;
                options.AddSchemaTransformer(Decimals);
                options.AddOperationTransformer(Parameters);
            }
        );

    internal static void MapApiDocument(this IEndpointRouteBuilder app) =>
        app.MapOpenApi("/openapi/{documentName}.json")
            .WithMetadata(new Right(null, "The description of the API is public.", SignedIn: false));

    // Types are nested in their verb, so "Request" alone would say nothing.
    private static string? NameOf(JsonTypeInfo info)
    {
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(info) is null)
            return null;
        return Name(info.Type);

        static string Name(Type type) =>
            type.IsGenericType ? type.Name.Split('`')[0] + "Of" + string.Concat(type.GetGenericArguments().Select(Name))
            : type.DeclaringType is { } verb && verb.Name != type.Name && verb.Name != type.Name + "s" ? verb.Name + type.Name
            : type.Name;
    }

    // Decimals are strings on the wire.
    private static Task Decimals(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(decimal) || type == typeof(decimal?))
        {
            schema.Type = type == typeof(decimal?) ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            schema.Format = "decimal";
            schema.Pattern = null;
            schema.Minimum = schema.Maximum = null;
        }
        return Task.CompletedTask;
    }

    private static Task Parameters(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<Right>().FirstOrDefault() is { Permission: { } permission })
            operation.Description = $"Needs the permission `{permission}`.";
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name ?? "");
        if (metadata.OfType<KeyRequired>().Any())
            (operation.Parameters ??= []).Add(
                new OpenApiParameter
                {
                    Name = "Idempotency-Key",
                    In = ParameterLocation.Header,
                    Required = true,
                    Description = "A fresh UUID per intent; repeating it returns the stored answer.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
                }
            );
        if (
            metadata.OfType<MethodInfo>().FirstOrDefault()?.GetParameters().Any(one => one.ParameterType == typeof(PageOf))
            == true
        )
        {
            Query(operation, "limit", JsonSchemaType.Integer, "How many, from 1 to 200; 50 when it is left out.");
            Query(operation, "after", JsonSchemaType.String, "The cursor that the page before has given as next.");
        }
        return Task.CompletedTask;
    }

    private static void Query(OpenApiOperation operation, string name, JsonSchemaType type, string description) =>
        (operation.Parameters ??= []).Add(
            new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = description,
                Schema = new OpenApiSchema { Type = type },
            }
        );
}
