using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>Prints the OpenAPI document of this build; needs no database.</summary>
internal static class OpenApiDocument
{
    internal static async Task<int> Print()
    {
        await using var app = WebProgram.Build(
            "Host=/nowhere",
            "http://127.0.0.1:0",
            new LogSettings(),
            LogLevel.Warning,
            work: false
        );
        await app.StartAsync();
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
        Terminal.Say(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
        return 0;
    }
}
