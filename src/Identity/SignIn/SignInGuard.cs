using System.Net;
using System.Security.Cryptography;
using System.Text;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// Counts attempts to sign in per account and per network address, on the database's clock, and closes the door for a while.
/// </summary>
public sealed class SignInGuard(Dbs dbs)
{
    internal const int MostPerAccount = 10;
    internal const int MostPerAddress = 100;
    internal const int Minutes = 15;

    internal sealed record Attempt(byte[] Account, byte[] Address);

    private sealed record Closed(byte[] Subject, int Minutes);

    /// <summary>
    /// Counts before anything is checked, so that many at once are not more than one after the other; success is forgiven later.
    /// </summary>
    internal async Task<Attempt> Begin(string? email, IPAddress? address)
    {
        // Without an account only the address is counted; its own hash then stands for both.
        var network = Hash($"address {Network(address)}");
        var attempt = new Attempt(email is null ? network : AccountOf(email), network);
        await using var db = dbs.Open(DbScope.NoTenant);
        var closed = await db.Query<Closed>(
            $"""
            with tried as (
                insert into identity.sign_in_guard as g (subject, most)
                select subject, max(most) from unnest({(byte[][])[attempt.Account, attempt.Address]},
                    {(int[])[MostPerAccount, MostPerAddress]}) as t (subject, most) group by subject order by subject
                on conflict (subject) do update set
                    failures = case when g.locked_until > now() then g.failures
                        when g.locked_until is not null or g.since <= now() - make_interval(mins => {Minutes}) then 1
                        else g.failures + 1 end,
                    since = case when g.locked_until > now() then g.since
                        when g.locked_until is not null or g.since <= now() - make_interval(mins => {Minutes}) then now()
                        else g.since end,
                    locked_until = case when g.locked_until > now() then g.locked_until
                        when g.locked_until is null and g.failures >= g.most
                            and g.since > now() - make_interval(mins => {Minutes})
                            then now() + make_interval(mins => {Minutes}) end
                returning subject, locked_until)
            select subject, ceil(extract(epoch from locked_until - now()) / 60)::int as minutes from tried
            where locked_until is not null
            """
        );
        await db.Commit();
        if (closed.Count == 0)
            return attempt;
        var minutes = closed.Max(one => one.Minutes);
        throw email is not null && closed.Exists(one => one.Subject.AsSpan().SequenceEqual(attempt.Account))
            ? new Refused(
                "sign_in.locked",
                $"After {MostPerAccount} attempts this account is closed for {minutes} more minutes. "
                    + "Wait, reset the password, or ask your administrator to unlock it.",
                new { Attempts = MostPerAccount, Minutes = minutes },
                status: 403
            )
            : new Refused(
                "sign_in.address_locked",
                $"After {MostPerAddress} attempts from this network nobody can sign in from it for {minutes} more minutes.",
                new { Attempts = MostPerAddress, Minutes = minutes },
                status: 403
            );
    }

    /// <summary>It was the right person: the account begins anew, and the address is not blamed.</summary>
    internal Task Succeeded(Attempt attempt) =>
        Forgive(attempt, wholly: !attempt.Account.AsSpan().SequenceEqual(attempt.Address));

    /// <summary>The password was right but the code is still to come: neither blamed nor forgiven.</summary>
    internal Task Unfinished(Attempt attempt) => Forgive(attempt, wholly: false);

    internal static async Task Unlock(Db db, string email) =>
        await db.Execute($"delete from identity.sign_in_guard where subject = {AccountOf(email)}");

    internal static Task<int?> MinutesLeft(Db db, string email) =>
        db.Find<int?>(
            $"""
            select ceil(extract(epoch from locked_until - now()) / 60)::int from identity.sign_in_guard
            where subject = {AccountOf(email)} and locked_until > now()
            """
        );

    private async Task Forgive(Attempt attempt, bool wholly)
    {
        await using var db = dbs.Open(DbScope.NoTenant);
        await db.Execute(
            $"""
            update identity.sign_in_guard set
                failures = case when {wholly} and subject = {attempt.Account} then 0 else greatest(failures - 1, 0) end
            where subject in (select subject from identity.sign_in_guard
                where subject in ({attempt.Account}, {attempt.Address}) order by subject for update)
            """
        );
        await db.Commit();
    }

    private static byte[] AccountOf(string email) => Hash($"account {email.Trim().ToLowerInvariant()}");

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    // Who has one IPv6 address has the whole /64.
    internal static string Network(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? address.ToString() : Convert.ToHexStringLower(bytes.AsSpan(0, 8));
    }
}
