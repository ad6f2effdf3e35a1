using System.Buffers.Text;
using System.Security.Cryptography;
using Millrace.Identity;

namespace Millrace.Tests;

public sealed class JwsTests
{
    // RFC 7515, appendix A.3
    private const string Vector =
        "eyJhbGciOiJFUzI1NiJ9"
        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private static ECDsa Key() =>
        ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = Base64Url.DecodeFromChars("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                    Y = Base64Url.DecodeFromChars("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
                },
            }
        );

    [Fact]
    public void The_example_of_the_standard_verifies()
    {
        using var key = Key();
        using var claims = Jws.Verify(Vector, _ => key);

        Assert.Equal("joe", claims?.RootElement.GetProperty("iss").GetString());
    }

    [Fact]
    public void The_example_with_any_character_changed_does_not()
    {
        using var key = Key();
        for (var at = 0; at < Vector.Length - 1; at++) // the last character carries bits that mean nothing
        {
            if (Vector[at] == '.')
                continue;
            var changed = $"{Vector[..at]}{(Vector[at] == 'A' ? 'B' : 'A')}{Vector[(at + 1)..]}";
            Assert.True(Jws.Verify(changed, _ => key) is null, $"Changed at {at} it still verifies.");
        }
    }

    [Fact]
    public void What_is_signed_here_verifies_here_and_only_with_its_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var token = Jws.Sign(key, "k1", new { sub = "x" });

        using var claims = Jws.Verify(token, id => id == "k1" ? key : null);
        Assert.Equal("x", claims?.RootElement.GetProperty("sub").GetString());
        Assert.Null(Jws.Verify(token, _ => other));
        Assert.Null(Jws.Verify(token, _ => null));
    }
}
