using Microsoft.Extensions.Logging.Console;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>Puts the web program together; nothing here touches the database before it starts.</summary>
public static class WebProgram
{
    private const int LargestBody = 1024 * 1024;

    /// <summary>What is added with <paramref name="with"/> takes the place of the usual.</summary>
    public static WebApplication Build(
        string connection,
        string url,
        LogSettings log,
        LogLevel level,
        bool work = true,
        Action<IServiceCollection>? with = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, WebRootPath = "wwwroot" }
        );
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxConcurrentConnections = 5000;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(json =>
        {
            json.IncludeScopes = true;
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(level);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // Answers go small to those who ask for it. Their size tells nobody what is in them: with a session that is
        // SameSite=Strict another site cannot ask for one.
        builder.Services.AddResponseCompression(answers =>
        {
            answers.EnableForHttps = true;
            answers.MimeTypes = ["application/json"];
        });
        builder.Services.AddTelemetry();
        builder.Services.AddModules(connection, log);
        if (work)
        {
            builder.Services.AddKernelWork();
            builder.Services.AddIdentityWork();
        }
        builder.Services.AddApiDocument();
        with?.Invoke(builder.Services);

        var app = builder.Build();
        Pipeline(app);
        return app;
    }

    // In the order in which a request meets them.
    private static void Pipeline(WebApplication app)
    {
        app.UseMiddleware<RequestId>();
        app.UseTrustedProxies();
        app.UseMiddleware<AccessLog>();
        app.UseMiddleware<Problems>();
        app.UseMiddleware<SafeHeaders>();
        app.UseWebApp();
        app.UseResponseCompression();
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseWebSockets(
            new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(30) }
        );
        app.UseMiddleware<RequestSpan>();
        app.UseAddressLimits();
        app.UseIdentity();
        app.UseCallerLimits();
        app.UseMiddleware<RightCheck>();
        app.UseMiddleware<Fingerprint>();
        app.MapModules();
        app.MapMetrics();
        app.MapApiDocument();
        app.MapApiReference();
        app.UsePages();
    }
}
