using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Millrace.Identity;

/// <summary>Codes that change with the time (RFC 6238): SHA-1, 30 seconds, six digits, which is what every app can do.</summary>
internal static class Totp
{
    internal const int Seconds = 30;
    private const int SecretBytes = 20;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    internal static byte[] FreshSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    internal static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / Seconds;

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 as the apps know it; the HMAC does not rest on collisions.")]
    internal static string Code(ReadOnlySpan<byte> secret, long step, int digits = 6)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, mac);
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xf)..]) & int.MaxValue;
        var modulus = 1;
        for (var digit = 0; digit < digits; digit++)
            modulus *= 10;
        return (number % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step whose code this is: the present one, or one beside it for clocks and fingers that lag.</summary>
    internal static long? StepOf(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        var given = Encoding.UTF8.GetBytes(code);
        long? found = null;
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, step)), given))
                found = step;
        return found;
    }

    internal static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (held, bits) = (0, 0);
        foreach (var one in bytes)
        {
            (held, bits) = ((held << 8) | one, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Alphabet[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }
        if (bits > 0)
            text.Append(Alphabet[(held << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>What an authenticator app reads, from a picture or as text.</summary>
    internal static string Uri(string account, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/Millrace:{System.Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer=Millrace"
        + $"&algorithm=SHA1&digits=6&period={Seconds}";
}
