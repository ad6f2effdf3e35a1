using System.Globalization;
using System.Net;

namespace Millrace.Kernel;

/// <summary>At most so many requests in a window; <see cref="Most"/> 0 means without a limit.</summary>
public sealed record Limit(string Policy, int Most)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>The time one request uses up of the window.</summary>
    internal TimeSpan Step => Window / Most;
}

/// <summary>How much may be asked, by whom, and whom to believe about the address behind a proxy.</summary>
public sealed record LimitSettings
{
    /// <summary>A machine with a token.</summary>
    public Limit Client { get; init; } = new("client", 60_000);

    /// <summary>A person with a session.</summary>
    public Limit User { get; init; } = new("user", 6_000);

    /// <summary>Everybody without a valid session or token, by address.</summary>
    public Limit Address { get; init; } = new("address", 6_000);

    /// <summary>Attempts to sign in, by address: each costs a password hash.</summary>
    public Limit SignIn { get; init; } = new("sign-in", 300);

    /// <summary>Tokens asked for, by address.</summary>
    public Limit Token { get; init; } = new("token", 1_200);

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>host:port or redis://[:password@]host:port[/database]; without it each process counts for itself.</summary>
    public string? Redis { get; init; }

    internal Limit Of(string policy) => policy == SignIn.Policy ? SignIn : Token;

    public static LimitSettings FromEnvironment()
    {
        var usual = new LimitSettings();
        return new LimitSettings
        {
            Client = Read("MILLRACE_LIMIT_CLIENT", usual.Client),
            User = Read("MILLRACE_LIMIT_USER", usual.User),
            Address = Read("MILLRACE_LIMIT_ADDRESS", usual.Address),
            SignIn = Read("MILLRACE_LIMIT_SIGN_IN", usual.SignIn),
            Token = Read("MILLRACE_LIMIT_TOKEN", usual.Token),
            TrustedProxies = Networks("MILLRACE_TRUSTED_PROXIES"),
            Redis = Environment.GetEnvironmentVariable("MILLRACE_REDIS") is { Length: > 0 } url ? url : null,
        };
    }

    /// <summary>Networks as 10.0.0.0/8, separated by commas; a single address is a network of its own.</summary>
    public static IReadOnlyList<IPNetwork> Networks(string variable) =>
        [
            .. (Environment.GetEnvironmentVariable(variable) ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text =>
                    IPNetwork.TryParse(text, out var network) ? network
                    : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
                    : throw new InvalidOperationException(
                        $"{variable} holds {text}, which is no network. Write it as 10.0.0.0/8 or 10.1.2.3."
                    )
                ),
        ];

    private static Limit Read(string variable, Limit usual)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text)
            return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most <= 60_000_000
            ? usual with
            {
                Most = most,
            }
            : throw new InvalidOperationException(
                $"{variable} is {text}. It must be a number of requests a minute, from 0 (no limit) to 60000000."
            );
    }
}

/// <summary>The endpoint has a limit of its own by address, beside that of the caller.</summary>
public sealed record OwnLimit(string Policy);
