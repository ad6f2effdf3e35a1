using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>
/// An upload on its way in: kept in a file of its own while it arrives, so that a slow sender holds neither memory nor a
/// connection to the database. The file is gone when this is disposed of.
/// </summary>
internal sealed class SpooledFile : IAsyncDisposable
{
    private readonly FileStream _file;

    private SpooledFile(FileStream file, byte[] hash, byte[] head) => (_file, Hash, Head) = (file, hash, head);

    internal string Path => _file.Name;
    internal long Size => _file.Length;
    internal byte[] Hash { get; }

    /// <summary>Its beginning, by which its kind is known.</summary>
    internal byte[] Head { get; }

    internal static async Task<SpooledFile> Read(Stream body, FileSettings settings, CancellationToken stop)
    {
        var file = New();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var head = new MemoryStream();
            var buffer = new byte[Attachments.PartSize];
            while (await body.ReadAsync(buffer, stop) is > 0 and var read)
            {
                if (file.Length + read > settings.LargestBytes)
                    throw settings.TooLarge();
                hash.AppendData(buffer, 0, read);
                if (head.Length < FileKinds.Head)
                    head.Write(buffer, 0, (int)Math.Min(read, FileKinds.Head - head.Length));
                await file.WriteAsync(buffer.AsMemory(0, read), stop);
            }
            await file.FlushAsync(stop);
            return new SpooledFile(file, hash.GetHashAndReset(), head.ToArray());
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await file.DisposeAsync();
            throw settings.TooLarge();
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>An empty file that only this program reads, gone when it is disposed of.</summary>
    internal static FileStream New()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(
            System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"millrace-{Guid.CreateVersion7():N}"),
            options
        );
    }

    /// <summary>Its content to be looked at; it stays open.</summary>
    internal Stream Content => _file;

    /// <summary>Its content, a part at a time.</summary>
    internal async IAsyncEnumerable<byte[]> Parts()
    {
        _file.Position = 0;
        var buffer = new byte[Attachments.PartSize];
        while (await _file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false) is > 0 and var read)
            yield return buffer[..read];
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
