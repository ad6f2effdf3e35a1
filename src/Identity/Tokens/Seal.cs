using System.Text;

namespace Millrace.Identity;

/// <summary>The one place through which secrets that must be read back go into the database and come out of it.</summary>
internal static class Seal
{
    internal static byte[] Close(string secret, string purpose) => Encoding.UTF8.GetBytes($"{purpose}\n{secret}");

    internal static string Open(byte[] stored, string purpose) =>
        Encoding.UTF8.GetString(stored) is var text && text.StartsWith($"{purpose}\n", StringComparison.Ordinal)
            ? text[(purpose.Length + 1)..]
            : throw new InvalidOperationException($"What is stored was not sealed for {purpose}.");
}
