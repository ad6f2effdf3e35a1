using System.Security.Cryptography;
using System.Text;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Judges the second factor at sign-in: a code of the app, or a recovery code; either counts once.</summary>
public sealed class SecondFactor(Dbs dbs, Secrets secrets)
{
    private const int RecoveryCodes = 10;

    internal enum Verdict
    {
        NotNeeded,
        Right,
        Missing,
        Wrong,
    }

    private sealed record Row(byte[] SealedSecret, bool Active, DateTime Now);

    internal async Task<Verdict> Judge(Guid person, string? code)
    {
        await using var db = dbs.Open(DbScope.NoTenant);
        if (await Find(db, person) is not { Active: true } row)
            return Verdict.NotNeeded;
        if (string.IsNullOrWhiteSpace(code))
            return Verdict.Missing;
        var right = await Spend(db, person, row, code.Replace(" ", "", StringComparison.Ordinal));
        await db.Commit();
        return right ? Verdict.Right : Verdict.Wrong;
    }

    /// <summary>Begins anew with a fresh secret, which counts only when a code of it was shown.</summary>
    internal async Task<byte[]?> Begin(Db db, Guid person)
    {
        var secret = Totp.FreshSecret();
        var written = await db.Execute(
            $"""
            insert into identity.second_factor (person_id, sealed_secret)
            values ({person}, {secrets.Seal(Convert.ToBase64String(secret), Seal.ForSecondFactor(person))})
            on conflict (person_id) do update
                set sealed_secret = excluded.sealed_secret, begun_at = now(), last_step = 0
                where second_factor.active_at is null
            """
        );
        return written > 0 ? secret : null;
    }

    /// <summary>From now on a code is needed; false when the code does not fit what was begun.</summary>
    internal async Task<bool> Activate(Db db, Guid person, string code)
    {
        if (await Find(db, person) is not { Active: false } row || !await SpendCode(db, person, row, code))
            return false;
        await db.Execute($"update identity.second_factor set active_at = now() where person_id = {person}");
        return true;
    }

    internal static async Task Remove(Db db, Guid person)
    {
        await db.Execute($"delete from identity.recovery_code where person_id = {person}");
        await db.Execute($"delete from identity.second_factor where person_id = {person}");
    }

    internal static async Task<bool> IsActive(Db db, Guid person) => await Find(db, person) is { Active: true };

    /// <summary>Ten fresh recovery codes in place of the old ones; only their hashes stay here.</summary>
    internal static async Task<IReadOnlyList<string>> FreshRecoveryCodes(Db db, Guid person)
    {
        await db.Execute($"delete from identity.recovery_code where person_id = {person}");
        var codes = Enumerable
            .Range(0, RecoveryCodes)
            .Select(_ => Totp.Base32(RandomNumberGenerator.GetBytes(10)).ToLowerInvariant())
            .ToList();
        var hashes = codes.Select(HashOf).ToArray();
        await db.Execute(
            $"insert into identity.recovery_code (person_id, code_hash) select {person}, h from unnest({hashes}) as u (h)"
        );
        return codes.ConvertAll(code => $"{code[..4]}-{code[4..8]}-{code[8..12]}-{code[12..]}");
    }

    private static Task<Row?> Find(Db db, Guid person) =>
        db.Find<Row>(
            $"""
            select sealed_secret, active_at is not null as active, clock_timestamp() as now from identity.second_factor
            where person_id = {person} for update
            """
        );

    private async Task<bool> Spend(Db db, Guid person, Row row, string code) =>
        await SpendCode(db, person, row, code)
        || await db.Execute(
            $"""
            update identity.recovery_code set used_at = now()
            where person_id = {person} and code_hash = {HashOf(code)} and used_at is null
            """
        ) > 0;

    // A step counts once, and none before it: a code that was looked at over a shoulder is worth nothing.
    private async Task<bool> SpendCode(Db db, Guid person, Row row, string code)
    {
        var secret = Convert.FromBase64String(secrets.Open(row.SealedSecret, Seal.ForSecondFactor(person)));
        return Totp.StepOf(secret, code, new DateTimeOffset(row.Now)) is { } step
            && await db.Execute(
                $"update identity.second_factor set last_step = {step} where person_id = {person} and last_step < {step}"
            ) > 0;
    }

    private static byte[] HashOf(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()));
}
