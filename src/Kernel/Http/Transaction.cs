using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>Commits the verb's transaction before the answer leaves; a verb that throws writes nothing.</summary>
internal static class Transaction
{
    internal static async ValueTask<object?> Run(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        await context.HttpContext.RequestServices.GetRequiredService<Db>().Commit();
        return result;
    }

    /// <summary>The transaction of the current request: its caller's tenant, its endpoint's patience.</summary>
    internal static Db Of(HttpContext http, Databases databases, LogSignals signals)
    {
        var caller = Caller.Of(http);
        var patience = http.GetEndpoint()?.Metadata.GetMetadata<Transacted>()?.Patience ?? Patience.Default;
        var scope = new DbScope(caller?.Tenant, caller?.Actor ?? DbScope.System, RequestId.Of(http), patience);
        return databases.Open(scope, signals);
    }
}
