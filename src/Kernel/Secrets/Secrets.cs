using System.Security.Cryptography;
using System.Text;

namespace Millrace.Kernel;

/// <summary>
/// Seals what must not be readable in the database: AES-256-GCM, bound to its purpose.
/// The newest key seals, every known one opens.
/// </summary>
public sealed class Secrets(IReadOnlyList<SecretKey> keys)
{
    // version · length of the key id · key id · nonce · tag · what is hidden
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>The id of the key that seals, or nothing when this installation has none.</summary>
    public string? Newest => keys is [.., var newest] ? newest.Id : null;

    /// <summary>What was sealed for one purpose (a column, with the row it belongs to) opens for no other.</summary>
    public byte[] Seal(string text, string purpose)
    {
        var key = keys is [.., var newest]
            ? newest
            : throw new Refused(
                "secrets.no_key",
                "This installation has no key to keep a secret with. Set MILLRACE_KEYS or MILLRACE_KEYS_FILE "
                    + "(see docs/OPERATIONS.md) and start it again."
            );
        var plain = Encoding.UTF8.GetBytes(text);
        var head = Head(key.Id);
        var box = new byte[head.Length + NonceLength + TagLength + plain.Length];
        head.CopyTo(box, 0);
        var nonce = box.AsSpan(head.Length, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key.Bytes, TagLength);
        cipher.Encrypt(
            nonce,
            plain,
            box.AsSpan(head.Length + NonceLength + TagLength),
            box.AsSpan(head.Length + NonceLength, TagLength),
            Bound(head, purpose)
        );
        CryptographicOperations.ZeroMemory(plain);
        return box;
    }

    public string Open(byte[] box, string purpose)
    {
        var id = KeyOf(box);
        var key =
            keys.FirstOrDefault(one => one.Id == id)
            ?? throw new BadKeys($"A secret was sealed with the key {id}, which is not here. Put it back beside the newer ones.");
        var head = Head(id);
        if (box.Length < head.Length + NonceLength + TagLength)
            throw new CryptographicException("A sealed secret is cut short.");
        var plain = new byte[box.Length - head.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(key.Bytes, TagLength);
        cipher.Decrypt(
            box.AsSpan(head.Length, NonceLength),
            box.AsSpan(head.Length + NonceLength + TagLength),
            box.AsSpan(head.Length + NonceLength, TagLength),
            plain,
            Bound(head, purpose)
        );
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Which key a secret was sealed with.</summary>
    public static string KeyOf(byte[] box) =>
        box is [Version, var length, ..] && box.Length > 2 + length
            ? Encoding.ASCII.GetString(box, 2, length)
            : throw new CryptographicException("This is not a sealed secret.");

    private static byte[] Head(string id) => [Version, (byte)id.Length, .. Encoding.ASCII.GetBytes(id)];

    // The head is bound too, so that a secret cannot be passed off as sealed with another key.
    private static byte[] Bound(byte[] head, string purpose) => [.. head, .. Encoding.UTF8.GetBytes(purpose)];
}

/// <summary>A key of 32 bytes and the name it goes by.</summary>
public sealed record SecretKey(string Id, byte[] Bytes);

/// <summary>The keys of this installation cannot be used as they are; the sentence says what to do.</summary>
public sealed class BadKeys(string sentence) : Exception(sentence);
