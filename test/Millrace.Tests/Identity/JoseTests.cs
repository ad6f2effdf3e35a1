using System.Diagnostics;
using System.Text.Json;

namespace Millrace.Tests;

/// <summary>Our tokens in the hands of a verifier that others wrote.</summary>
public sealed class JoseTests(Server server)
{
    [Fact]
    public async Task A_library_of_others_takes_our_tokens_and_refuses_what_was_tampered_with()
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);
        var tokens = await consent.Tokens();
        var identity = tokens.GetProperty("id_token").GetString()!;
        var access = tokens.GetProperty("access_token").GetString()!;

        var who = await Verify(open.App.Url, identity, consent.Client.ClientId);
        Assert.Equal(0, who.Exit);
        Assert.Equal("a nonce", JsonDocument.Parse(who.Output).RootElement.GetProperty("nonce").GetString());
        Assert.Equal(0, (await Verify(open.App.Url, access, "millrace", "millrace")).Exit);

        Assert.NotEqual(0, (await Verify(open.App.Url, identity, "somebody else")).Exit);
        var parts = identity.Split('.');
        Assert.NotEqual(
            0,
            (await Verify(open.App.Url, $"{parts[0]}.{parts[1][..^3]}AAA.{parts[2]}", consent.Client.ClientId)).Exit
        );
    }

    private static async Task<(int Exit, string Output)> Verify(Uri url, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "node",
            ["src/test/verify-token.mjs", url.GetLeftPart(UriPartial.Authority), .. arguments]
        )
        {
            WorkingDirectory = Path.Combine(Repository.Root, "web"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var node = Process.Start(start)!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        await errors;
        return (node.ExitCode, await output);
    }
}
