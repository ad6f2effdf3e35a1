using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;
using QRCoder;

namespace Millrace.Identity;

/// <summary>
/// The caller's own second factor: begin, show a code of it, take recovery codes, remove. Answers with secrets are for PUT, whose
/// answers are not kept.
/// </summary>
public static class EnrolSecondFactor
{
    public sealed record State(bool Active, int RecoveryCodesLeft);

    public sealed record Proof([Required, StringLength(200)] string Password);

    public sealed record Secret(string Key, string Uri, string Picture);

    public sealed record Code([Required, Text(10)] string Digits);

    public sealed record Codes(IReadOnlyList<string> RecoveryCodes);

    internal static void Map(IEndpointRouteBuilder api)
    {
        const string own = "It is the caller's own.";
        api.MapGet("/session/second-factor", Show).SignedIn(own).Reads().WithSummary("Your second factor");
        api.MapPut("/session/second-factor", Begin).SignedIn(own).Writes().Problems(403).WithSummary("Begin a second factor");
        api.MapPut("/session/second-factor/activation", Activate)
            .SignedIn(own)
            .Writes()
            .Problems(403)
            .WithSummary("Show a code of the new second factor; from then on it is needed");
        api.MapPut("/session/second-factor/recovery-codes", Renew)
            .SignedIn(own)
            .Writes()
            .Problems(403)
            .WithSummary("Take fresh recovery codes; the old ones count no more");
        api.MapPut("/session/second-factor/removal", Remove)
            .SignedIn(own)
            .Writes()
            .Problems(403)
            .WithSummary("Remove your second factor");
    }

    private static async Task<State> Show(HttpContext http, Db db)
    {
        var person = Caller.Required(http).Actor;
        return new State(
            await SecondFactor.IsActive(db, person),
            await db.One<int>($"select count(*)::int from identity.recovery_code where person_id = {person} and used_at is null")
        );
    }

    private static async Task<Secret> Begin(
        HttpContext http,
        Db db,
        Dbs dbs,
        Passwords passwords,
        SignInGuard guard,
        SecondFactor factor,
        Proof proof
    )
    {
        var person = await ChangePassword.ProveOneself(http, dbs, passwords, guard, proof.Password);
        var secret = await factor.Begin(db, person) ?? throw Active();
        var email = await db.One<string>($"select email from identity.member where person_id = {person}");
        var uri = Totp.Uri(email, secret);
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(data);
        return new Secret(Totp.Base32(secret), uri, Convert.ToBase64String(picture.GetGraphic(6)));
    }

    private static async Task<Codes> Activate(HttpContext http, Db db, SecondFactor factor, Code code)
    {
        var person = Caller.Required(http).Actor;
        if (await SecondFactor.IsActive(db, person))
            throw Active();
        if (!await factor.Activate(db, person, code.Digits.Replace(" ", "", StringComparison.Ordinal)))
            throw new Refused(
                "second_factor.wrong_code",
                "This code does not fit. Check that the clock of the phone is right, and enter the code it shows now."
            );
        await db.Execute($"update identity.member set factor_set_at = now() where person_id = {person}");
        return new Codes(await SecondFactor.FreshRecoveryCodes(db, person));
    }

    private static async Task<Codes> Renew(HttpContext http, Db db, Dbs dbs, Passwords passwords, SignInGuard guard, Proof proof)
    {
        var person = await ChangePassword.ProveOneself(http, dbs, passwords, guard, proof.Password);
        if (!await SecondFactor.IsActive(db, person))
            throw new Refused("second_factor.none", "There is no second factor to recover. Begin one first.");
        return new Codes(await SecondFactor.FreshRecoveryCodes(db, person));
    }

    private static async Task<NoContent> Remove(
        HttpContext http,
        Db db,
        Dbs dbs,
        Passwords passwords,
        SignInGuard guard,
        Proof proof
    )
    {
        var person = await ChangePassword.ProveOneself(http, dbs, passwords, guard, proof.Password);
        await SecondFactor.Remove(db, person);
        await db.Execute($"update identity.member set factor_removed_at = now() where person_id = {person}");
        return TypedResults.NoContent();
    }

    private static Refused Active() =>
        new("second_factor.active", "There is a second factor already. Remove it before you begin another one.");
}
