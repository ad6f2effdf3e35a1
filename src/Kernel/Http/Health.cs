using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// Alive: the process answers. Ready: it reaches the database, the schema is the one it was built for, the log moves.
/// </summary>
internal static class Health
{
    internal sealed record State(string Status, string? Reason = null);

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => new State("alive")).Open("A load balancer asks before anybody signs in.");
        app.MapGet("/health/ready", Ready)
            .Open("A load balancer asks before anybody signs in.")
            .Produces<State>()
            .Produces<State>(503);
    }

    private static async Task<IResult> Ready(Databases databases, MigrationState migrations, LogHead head)
    {
        try
        {
            if (await migrations.WhyNot(databases) is { } reason)
                return Not(reason);
            if (head.Position < 0)
                return Not("The log has not been read yet.");
            return TypedResults.Ok(new State("ready"));
        }
        catch (Exception down) when (down is NpgsqlException or TimeoutException)
        {
            return Not("The database does not answer.");
        }
    }

    private static JsonHttpResult<State> Not(string reason) =>
        TypedResults.Json(new State("not ready", reason), Wire.Options, statusCode: 503);
}
