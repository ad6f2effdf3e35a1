using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Who may come in: people with a password and a session, machines with a token; what each may do.</summary>
public static class IdentityModule
{
    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddValidation();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<TokenCheck>();
        services.AddSingleton<Passwords>();
    }

    /// <summary>Finds out who calls; stands before the check of rights.</summary>
    public static void UseIdentity(this IApplicationBuilder app) => app.UseMiddleware<CallerLookup>();

    public static void MapIdentity(this IEndpointRouteBuilder app, IEndpointRouteBuilder api)
    {
        Sessions.Map(api);
        TokenEndpoint.Map(app);
    }
}
