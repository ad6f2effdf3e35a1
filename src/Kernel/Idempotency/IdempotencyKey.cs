using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

internal static class IdempotencyKey
{
    private const string Header = "Idempotency-Key";

    internal static Guid Of(HttpContext http) =>
        http.Request.Headers[Header] switch
        {
            [] => throw new Invalid(
                "idempotency.key_required",
                $"Send the header {Header} with a fresh UUID; it makes repeating safe."
            ),
            [{ } one] when Guid.TryParseExact(one, "D", out var key) => key,
            [_] => throw new Invalid(
                "idempotency.key_malformed",
                $"{Header} must be one UUID, such as 018f6d3e-8c2a-7d10-9a53-0c7b7f0d2b11."
            ),
            _ => throw new Invalid("idempotency.key_doubled", $"{Header} was sent more than once."),
        };
}
