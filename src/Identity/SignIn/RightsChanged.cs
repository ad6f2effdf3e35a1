using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Identity;

/// <summary>
/// For endpoints that give or take rights: when the answer leaves, this process looks again before it lets anybody in.
/// </summary>
internal static class RightsChanged
{
    internal static RouteHandlerBuilder ChangesRights(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter(
            (context, next) =>
            {
                var access = context.HttpContext.RequestServices.GetRequiredService<Access>();
                // Starting comes after the commit and before anybody can have read the answer.
                context.HttpContext.Response.OnStarting(() =>
                {
                    access.LookAgain();
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );
}
