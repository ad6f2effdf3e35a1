using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millrace.Host;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>The program's work in this process, with pauses short enough to be waited for.</summary>
internal static class MailWork
{
    internal static readonly MailSettings Quick = new()
    {
        Timeout = TimeSpan.FromSeconds(1.5),
        FirstPause = TimeSpan.FromMilliseconds(50),
        LongestPause = TimeSpan.FromMilliseconds(200),
    };

    internal static async Task<Running> Start(TestDatabase database, MailSettings? settings = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true }
        );
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddModules(database.ConnectionString, new LogSettings());
        builder.Services.AddSingleton(settings ?? Quick);
        builder.Services.AddSingleton(new JobSettings { Idle = TimeSpan.FromMilliseconds(50) });
        builder.Services.AddKernelWork();
        var host = builder.Build();
        await host.StartAsync();
        return new Running(host);
    }

    internal sealed class Running(IHost host) : IAsyncDisposable
    {
        internal IServiceProvider Services => host.Services;

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    /// <summary>Settings of the factory's company for a server here.</summary>
    internal static object Settings(int port, string user = "", string? password = null, int imap = 0) =>
        new
        {
            Host = "127.0.0.1",
            Port = port,
            Security = "none",
            Username = user,
            Password = password,
            FromAddress = "erp@mill.example",
            FromName = "Değirmen A.Ş.",
            ImapHost = imap > 0 ? "127.0.0.1" : "",
            ImapPort = imap > 0 ? imap : 993,
            ImapSecurity = imap > 0 ? "none" : "tls",
            ImapUsername = imap > 0 ? MailboxServer.User : "",
            ImapPassword = imap > 0 ? MailboxServer.Password : null,
        };

    /// <summary>Encrypted both ways, under a name that a certificate may hold.</summary>
    internal static object Encrypted(int port, string user, string password, int imap) =>
        new
        {
            Host = "localhost",
            Port = port,
            Security = "starttls",
            Username = user,
            Password = password,
            FromAddress = "erp@mill.example",
            ImapHost = "localhost",
            ImapPort = imap,
            ImapSecurity = "tls",
            ImapUsername = MailboxServer.User,
            ImapPassword = MailboxServer.Password,
        };

    internal static Task<Answer> SetMail(this OpenFactory open, object settings, int version = 1) =>
        open.Api.Put($"/api/v1/companies/{open.Factory.Company}/mail-settings", settings, version);

    internal static Task<Answer> TestMail(this OpenFactory open, string to, string language = "en") =>
        open.Api.Post($"/api/v1/companies/{open.Factory.Company}/test-mails", new { to, language });

    /// <summary>The newest mail, once it has the state.</summary>
    internal static Task<System.Text.Json.JsonElement> MailIs(this OpenFactory open, string state, int attempts = 1) =>
        Eventually.Get(
            async () => (await open.Api.Get("/api/v1/mails?limit=1")).Json.GetProperty("items")[0],
            mail => mail.GetProperty("state").GetString() == state && mail.GetProperty("attempts").GetInt32() >= attempts,
            $"the mail is {state}"
        );
}
