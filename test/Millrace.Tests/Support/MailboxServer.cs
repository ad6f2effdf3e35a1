using System.Diagnostics;

namespace Millrace.Tests;

/// <summary>A real mailbox over IMAP: Debian's dovecot-imapd with a configuration of its own, in a folder of the test.</summary>
public sealed class MailboxServer : IAsyncDisposable
{
    public const string User = "returns";
    public const string Password = "box\"se\\cret";

    private readonly string _folder;
    private readonly Process _process;

    private MailboxServer(string folder, Process process, int port) => (_folder, _process, Port) = (folder, process, port);

    public int Port { get; }

    /// <summary>With a certificate it speaks TLS from the first byte, and nothing else.</summary>
    public static async Task<MailboxServer> Start(ServerCertificate? certificate = null)
    {
        var folder = Directory.CreateTempSubdirectory("mr-imap").FullName;
        var port = Loopback.FreePort();
        // It refuses to read mail as root, and everybody else may only be themselves.
        var isRoot = Environment.UserName == "root";
        var (user, group) = isRoot ? ("nobody", "nogroup") : (Environment.UserName, Environment.UserName);
        foreach (var name in (string[])["new", "cur", "tmp"])
            Directory.CreateDirectory(Path.Combine(folder, "mail", name));
        await File.WriteAllTextAsync(Path.Combine(folder, "passwd"), $"{User}:{{PLAIN}}{Password}\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "dovecot.conf"), Configuration(folder, port, user, group, certificate));
        if (isRoot)
            await Process.Start("/usr/bin/chown", ["-R", "nobody:nogroup", folder]).WaitForExitAsync();
        var process = Process.Start("/usr/sbin/dovecot", ["-F", "-c", Path.Combine(folder, "dovecot.conf")]);
        var server = new MailboxServer(folder, process, port);
        await Eventually.True(() => Loopback.Answers(port), "the mailbox answers");
        return server;
    }

    public Task Put(string mail) => File.WriteAllTextAsync(Path.Combine(_folder, "mail/new", $"{Guid.CreateVersion7():N}"), mail);

    /// <summary>What Dovecot says of its sessions.</summary>
    public Task<string> Log() => File.ReadAllTextAsync(Path.Combine(_folder, "log"));

    /// <summary>How many mails still count as unread.</summary>
    public int Unread() =>
        Directory.GetFiles(Path.Combine(_folder, "mail/new")).Length
        + Directory.GetFiles(Path.Combine(_folder, "mail/cur")).Count(file => !file.EndsWith('S'));

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Configuration(string folder, int port, string user, string group, ServerCertificate? tls) =>
        $$"""
            base_dir = {{folder}}/run
            state_dir = {{folder}}/run
            log_path = {{folder}}/log
            {{(tls is null ? "ssl = no" : $"ssl = required\nssl_cert = <{tls.Certificate}\nssl_key = <{tls.Key}")}}
            disable_plaintext_auth = no
            protocols = imap
            default_internal_user = {{user}}
            default_internal_group = {{group}}
            default_login_user = {{user}}
            first_valid_uid = 1
            mail_location = maildir:{{folder}}/mail
            passdb {
              driver = passwd-file
              args = {{folder}}/passwd
            }
            userdb {
              driver = static
              args = uid={{user}} gid={{group}} home={{folder}}
            }
            service imap-login {
              chroot =
              inet_listener imap {
                address = 127.0.0.1
                port = {{(tls is null ? port : 0)}}
              }
              inet_listener imaps {
                address = 127.0.0.1
                port = {{(tls is null ? 0 : port)}}
              }
            }
            service anvil {
              chroot =
            }
            service stats {
              chroot =
            }
            """;
}
