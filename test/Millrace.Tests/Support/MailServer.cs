using System.Diagnostics;
using System.Globalization;

namespace Millrace.Tests;

/// <summary>A real SMTP server (Debian's python3-aiosmtpd) in a process of its own, and the mails it has taken.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly ServerCertificate? _certificate;
    private Process? _process;

    private MailServer(string folder, ServerCertificate? certificate) => (_folder, _certificate) = (folder, certificate);

    public int Port { get; private set; }

    /// <summary>With a certificate it offers STARTTLS.</summary>
    public static async Task<MailServer> Start(string user = "", string password = "", ServerCertificate? certificate = null)
    {
        var server = new MailServer(Directory.CreateTempSubdirectory("mr-mail").FullName, certificate);
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
                _certificate?.Certificate ?? "",
                _certificate?.Key ?? "",
            },
        };
        _process = Process.Start(start)!;
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(int.TryParse(line, CultureInfo.InvariantCulture, out var port), "The mail server did not start.");
        Port = port;
    }

    public IReadOnlyList<string> Taken() =>
        [.. Directory.GetFiles(_folder, "*.eml").OrderBy(File.GetCreationTimeUtc).Select(File.ReadAllText)];

    /// <summary>STARTTLS, AUTH and MAIL as they came, each with the encryption it came under: <c>AUTH TLSv1.3</c>.</summary>
    public IReadOnlyList<string> Commands() =>
        Path.Combine(_folder, "commands") is var file && File.Exists(file) ? File.ReadAllLines(file) : [];

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(_folder, recursive: true);
    }
}
