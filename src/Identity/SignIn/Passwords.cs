using Microsoft.AspNetCore.Identity;

namespace Millrace.Identity;

/// <summary>
/// Hashes passwords the framework's way (PBKDF2 with a salt); a wrong address takes as long as a wrong password.
/// </summary>
public sealed class Passwords
{
    private static readonly object Nobody = new();
    private readonly PasswordHasher<object> _hasher = new();
    private readonly Lazy<string> _decoy;

    public Passwords() => _decoy = new Lazy<string>(() => Hash("decoy"));

    public string Hash(string password) => _hasher.HashPassword(Nobody, password);

    internal bool Fits(string? hash, string password) =>
        _hasher.VerifyHashedPassword(Nobody, hash ?? _decoy.Value, password) != PasswordVerificationResult.Failed
        && hash is not null;
}
