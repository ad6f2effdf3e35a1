using System.Text;
using Millrace.Identity;

namespace Millrace.Tests;

public sealed class TotpTests
{
    // RFC 6238, appendix B, SHA-1.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void The_vectors_of_the_standard_come_out(long seconds, string code) =>
        Assert.Equal(
            code,
            Totp.Code(
                Encoding.ASCII.GetBytes("12345678901234567890"),
                Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)),
                digits: 8
            )
        );

    // RFC 4648, section 10.
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_as_the_standard_has_it(string text, string encoded) =>
        Assert.Equal(encoded, Totp.Base32(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_code_counts_a_step_early_and_a_step_late_and_no_further()
    {
        var secret = Totp.FreshSecret();
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_015);
        var step = Totp.StepAt(now);

        foreach (var near in (long[])[step - 1, step, step + 1])
            Assert.Equal(near, Totp.StepOf(secret, Totp.Code(secret, near), now));
        foreach (var far in (long[])[step - 2, step + 2])
            Assert.Null(Totp.StepOf(secret, Totp.Code(secret, far), now));
    }

    [Fact]
    public void The_address_for_the_app_names_account_and_issuer() =>
        Assert.Equal(
            "otpauth://totp/Millrace:a%2Bb%40c.example?secret=GEZDGNBV&issuer=Millrace&algorithm=SHA1&digits=6&period=30",
            Totp.Uri("a+b@c.example", "12345"u8)
        );
}
