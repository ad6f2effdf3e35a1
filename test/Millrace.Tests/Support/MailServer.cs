using System.Diagnostics;
using System.Globalization;

namespace Millrace.Tests;

/// <summary>A real SMTP server (Debian's python3-aiosmtpd) in a process of its own, and the mails it has taken.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly string _folder;
    private Process? _process;

    private MailServer(string folder) => _folder = folder;

    public int Port { get; private set; }

    public static async Task<MailServer> Start(string user = "", string password = "")
    {
        var server = new MailServer(Directory.CreateTempSubdirectory("mr-mail").FullName);
        await server.Run(user, password);
        return server;
    }

    public async Task Stop()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>On the same port as before.</summary>
    public async Task Run(string user = "", string password = "")
    {
        var start = new ProcessStartInfo("/usr/bin/python3")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            ArgumentList =
            {
                Path.Combine(Repository.Root, "test/Millrace.Tests/Support/smtp.py"),
                _folder,
                user,
                password,
                Port.ToString(CultureInfo.InvariantCulture),
            },
        };
        _process = Process.Start(start)!;
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(int.TryParse(line, CultureInfo.InvariantCulture, out var port), "The mail server did not start.");
        Port = port;
    }

    public IReadOnlyList<string> Taken() =>
        [.. Directory.GetFiles(_folder, "*.eml").OrderBy(File.GetCreationTimeUtc).Select(File.ReadAllText)];

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(_folder, recursive: true);
    }
}
