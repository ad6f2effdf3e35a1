namespace Millrace.Kernel;

/// <summary>The server settings Millrace ships (deploy/postgresql/millrace.conf), scaled to this machine's memory.</summary>
internal static class Settings
{
    internal static string For(string socketDirectory, int port)
    {
        using var stream = typeof(Settings).Assembly.GetManifestResourceStream("Kernel/millrace.conf")!;
        using var reader = new StreamReader(stream);
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024);
        return FormattableString.Invariant(
                $"""
                # Written anew at every start by Millrace.
                listen_addresses = ''
                port = {port}
                unix_socket_directories = '{socketDirectory}'
                unix_socket_permissions = 0700

                """
            )
            + reader
                .ReadToEnd()
                .Replace("@shared_buffers@", Megabytes(memory / 8, 128, 8192), StringComparison.Ordinal)
                .Replace("@effective_cache_size@", Megabytes(memory / 2, 256, 1 << 20), StringComparison.Ordinal)
                .Replace("@maintenance_work_mem@", Megabytes(memory / 32, 64, 1024), StringComparison.Ordinal)
                .Replace("@max_wal_size@", Megabytes(memory, 1024, 16384), StringComparison.Ordinal)
                .Replace("@min_wal_size@", Megabytes(memory / 8, 256, 2048), StringComparison.Ordinal);
    }

    private static string Megabytes(long wanted, long least, long most) =>
        FormattableString.Invariant($"{Math.Clamp(wanted, least, most)}MB");
}
