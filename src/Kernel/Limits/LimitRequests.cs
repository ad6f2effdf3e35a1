using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>
/// Refuses what is beyond a limit before any work begins, and tells every caller how much is left: the fields RateLimit and
/// RateLimit-Policy of draft-ietf-httpapi-ratelimit-headers-11.
/// </summary>
public static class LimitRequests
{
    /// <summary>Believes the trusted proxies, and nobody else, about address and scheme of the caller.</summary>
    public static void UseTrustedProxies(this IApplicationBuilder app)
    {
        var trusted = app.ApplicationServices.GetRequiredService<LimitSettings>().TrustedProxies;
        // With an empty list the framework would believe everybody.
        if (trusted.Count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var network in trusted)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// <summary>Before the caller is looked up: an address that has used up its share costs nothing more.</summary>
    public static void UseAddressLimits(this IApplicationBuilder app) => app.UseMiddleware<ByAddress>();

    /// <summary>When it is known who calls, and before it is asked what they may.</summary>
    public static void UseCallerLimits(this IApplicationBuilder app) => app.UseMiddleware<ByCaller>();

    private sealed class ByAddress(RequestDelegate next)
    {
        public async Task InvokeAsync(HttpContext http, Limits limits, LimitSettings settings, Exhausted exhausted)
        {
            // Pages and static files are not counted; a socket is once, when it is opened.
            if (http.GetEndpoint() is not RouteEndpoint endpoint)
            {
                await next(http);
                return;
            }
            if (exhausted.Find(http) is { } known)
            {
                await Refuse(http, known);
                return;
            }
            if (endpoint.Metadata.GetMetadata<OwnLimit>() is { } own)
            {
                var limit = settings.Of(own.Policy);
                if (await Refuses(http, limits, limit, AddressOf(http)))
                    return;
            }
            await next(http);
        }
    }

    private sealed class ByCaller(RequestDelegate next)
    {
        public async Task InvokeAsync(HttpContext http, Limits limits, LimitSettings settings, Exhausted exhausted)
        {
            var endpoint = http.GetEndpoint() as RouteEndpoint;
            if (endpoint is not null && endpoint.Metadata.GetMetadata<OwnLimit>() is null)
            {
                var (limit, who) = Caller.Of(http) is { } caller
                    ? (caller.ByCookie ? settings.User : settings.Client, Id(caller))
                    : (settings.Address, AddressOf(http));
                if (Caller.Of(http)?.RequestsPerMinute is { } own)
                    limit = limit with { Most = own };
                var forAddress = limit.Policy == settings.Address.Policy;
                if (await Refuses(http, limits, limit, who, forAddress ? exhausted : null))
                    return;
            }
            await next(http);
        }

        private static string Id(Caller caller) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{caller.Tenant}.{(caller.RequestsPerMinute is null ? caller.Actor : caller.Client ?? caller.Actor):N}"
            );
    }

    private static async ValueTask<bool> Refuses(
        HttpContext http,
        Limits limits,
        Limit limit,
        string who,
        Exhausted? exhausted = null
    )
    {
        if (limit.Most == 0)
            return false;
        var answer = await limits.Take(limit, who);
        if (answer.IsRefused)
        {
            exhausted?.Remember(http, answer);
            await Refuse(http, answer);
            return true;
        }
        Tell(http, answer);
        return false;
    }

    private static void Tell(HttpContext http, Allowance answer)
    {
        var (policy, headers) = (answer.Limit.Policy, http.Response.Headers);
        headers["RateLimit-Policy"] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{policy}\";q={answer.Limit.Most};w={(long)Limit.Window.TotalSeconds}"
        );
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{policy}\";r={answer.Left};t={Seconds(answer.IsRefused ? answer.Wait : answer.Whole)}"
        );
    }

    private static Task Refuse(HttpContext http, Allowance answer)
    {
        Counters.Limited(answer.Limit.Policy);
        Tell(http, answer);
        var (most, wait) = (answer.Limit.Most, Seconds(answer.Wait));
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return Problem.Write(
            http,
            StatusCodes.Status429TooManyRequests,
            "limit.exceeded",
            $"More than {most} requests a minute came from here ({answer.Limit.Policy}). Nothing was done; "
                + $"send the request again in {wait} {(wait == 1 ? "second" : "seconds")}.",
            facts: new
            {
                policy = answer.Limit.Policy,
                limit = most,
                windowSeconds = (long)Limit.Window.TotalSeconds,
                retryAfter = wait,
            }
        );
    }

    private static long Seconds(TimeSpan time) => (time.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;

    /// <summary>The address as it is counted: of IPv6 the network that one customer of a provider is given.</summary>
    internal static string AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (address is null)
            return "local";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
