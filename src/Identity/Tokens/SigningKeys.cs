using System.Security.Cryptography;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>How long a key is published before it signs, signs, and verifies on afterwards; how often processes look.</summary>
public sealed record KeyTimes(TimeSpan Published, TimeSpan Signs, TimeSpan Verifies, TimeSpan Look)
{
    public static readonly KeyTimes Default = new(
        Published: TimeSpan.FromHours(2),
        Signs: TimeSpan.FromDays(30),
        Verifies: TimeSpan.FromHours(2),
        Look: TimeSpan.FromMinutes(1)
    );
}

/// <summary>
/// The installation's ES256 keys, kept in the database so that all processes sign and verify alike. They follow each other by
/// themselves: before one has signed long enough the next is published, and one that signs no more verifies until its tokens are
/// gone. All of it on the database's clock.
/// </summary>
public sealed class SigningKeys(Dbs dbs, Secrets secrets, KeyTimes? times = null, TimeProvider? time = null) : IDisposable
{
    private readonly KeyTimes _times = times ?? KeyTimes.Default;
    private readonly TimeProvider _clock = time ?? TimeProvider.System;
    private readonly SemaphoreSlim _once = new(1);
    private volatile Ring _ring = new([], 0);

    /// <summary>From which moment of this process's clock a key signs.</summary>
    private sealed record Held(string Id, ECDsa Key, long SignsFrom);

    private sealed record Ring(IReadOnlyList<Held> Keys, long Read);

    private sealed record Row(string KeyId, byte[] PrivateKey, long MillisecondsToGo);

    private long _ahead;

    /// <summary>
    /// By how much this machine's clock is ahead of the database's, as of the last look. Tokens are dated and judged by the
    /// database's, because the clocks of several machines differ; less than a second is the way there and back.
    /// </summary>
    internal TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    /// <summary>The newest key whose time has come; the first process that needs one makes it.</summary>
    internal async Task<(string Id, ECDsa Key)> Current()
    {
        var ring = _ring;
        if (ring.Keys.Count == 0 || _clock.GetElapsedTime(ring.Read) >= _times.Look)
        {
            await Load(ring, first: true);
            ring = _ring;
        }
        var now = _clock.GetTimestamp();
        var signer = ring.Keys.LastOrDefault(one => one.SignsFrom <= now) ?? ring.Keys[0];
        return (signer.Id, signer.Key);
    }

    internal ECDsa? Find(string keyId) => _ring.Keys.FirstOrDefault(one => one.Id == keyId)?.Key;

    internal async Task<IReadOnlyList<(string Id, ECDsa Key)>> All()
    {
        await Load(_ring, first: true);
        return [.. _ring.Keys.Select(one => (one.Id, one.Key))];
    }

    internal Task Refresh() => Load(_ring, first: false);

    /// <summary>Publishes the next key now; it signs when every verifier has had the time to read it.</summary>
    public async Task Rotate()
    {
        await using (var db = dbs.Open(DbScope.NoTenant))
        {
            await Alone(db);
            await Make(db, _times.Published);
            await db.Commit();
        }
        await Load(_ring, first: false);
    }

    // Only who signs or publishes makes the first key; a stranger with a wrong token makes none.
    private async Task Load(Ring before, bool first)
    {
        await _once.WaitAsync();
        try
        {
            // Who waited for another's look has what it saw.
            if (!ReferenceEquals(before, _ring) && (!first || _ring.Keys.Count > 0))
                return;
            var read = _clock.GetTimestamp();
            await using var db = dbs.Open(DbScope.NoTenant);
            await Alone(db);
            await Follow(db, first);
            var rows = await db.Query<Row>(
                $"""
                select key_id, private_key,
                    greatest(0, extract(epoch from signs_from - clock_timestamp()) * 1000)::bigint as milliseconds_to_go
                from identity.signing_key order by signs_from, key_id limit 20
                """
            );
            var now = await db.One<DateTime>($"select clock_timestamp()");
            var ahead = _clock.GetUtcNow().UtcDateTime - now;
            Interlocked.Exchange(ref _ahead, ahead.Duration() < TimeSpan.FromSeconds(1) ? 0 : ahead.Ticks);
            await db.Commit();
            _ring = new Ring([.. rows.Select(row => Hold(row, read))], read);
        }
        finally
        {
            _once.Release();
        }
    }

    private static Task<int> Alone(Db db) =>
        db.Execute($"select pg_advisory_xact_lock(hashtextextended('identity.signing_key', 0))");

    /// <summary>
    /// The first key signs at once; the next is published in time; what nothing can be signed with any more goes.
    /// </summary>
    private async Task Follow(Db db, bool first)
    {
        var (published, signs, verifies) = (Seconds(_times.Published), Seconds(_times.Signs), Seconds(_times.Verifies));
        var ages = await db.Query<bool>(
            $"""
            select signs_from <= now() - make_interval(secs => {signs} - {published}) from identity.signing_key
            order by signs_from desc limit 1
            """
        );
        if (ages is [] && first)
            await Make(db, TimeSpan.Zero);
        else if (ages is [true])
            await Make(db, _times.Published);
        await db.Execute(
            $"""
            delete from identity.signing_key k where exists (
                select from identity.signing_key newer
                where newer.signs_from > k.signs_from and newer.signs_from <= now() - make_interval(secs => {verifies}))
            """
        );
    }

    private async Task Make(Db db, TimeSpan ahead)
    {
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // Version 7: the newest key has the greatest id.
        var id = Guid.CreateVersion7().ToString("N");
        var stored = secrets.Seal(Convert.ToBase64String(fresh.ExportPkcs8PrivateKey()), Seal.ForSigning(id));
        await db.Execute(
            $"""
            insert into identity.signing_key (key_id, private_key, signs_from)
            values ({id}, {stored}, clock_timestamp() + make_interval(secs => {Seconds(ahead)}))
            """
        );
    }

    private Held Hold(Row row, long read)
    {
        var from = read + (row.MillisecondsToGo * _clock.TimestampFrequency / 1000);
        if (_ring.Keys.FirstOrDefault(one => one.Id == row.KeyId) is { } held)
            return held with { SignsFrom = from };
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(secrets.Open(row.PrivateKey, Seal.ForSigning(row.KeyId))), out _);
        return new Held(row.KeyId, key, from);
    }

    private static int Seconds(TimeSpan time) => (int)time.TotalSeconds;

    public void Dispose()
    {
        foreach (var (_, key, _) in _ring.Keys)
            key.Dispose();
        _once.Dispose();
    }
}
