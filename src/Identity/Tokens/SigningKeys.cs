using System.Security.Cryptography;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>The installation's ES256 keys, kept in the database so that all processes sign and verify alike.</summary>
public sealed class SigningKeys(Dbs dbs) : IDisposable
{
    private readonly SemaphoreSlim _once = new(1);
    private volatile IReadOnlyDictionary<string, ECDsa> _keys = new Dictionary<string, ECDsa>(StringComparer.Ordinal);

    private sealed record Row(string KeyId, byte[] PrivateKey);

    /// <summary>The newest key; the first process that needs one makes it.</summary>
    internal async Task<(string Id, ECDsa Key)> Current()
    {
        if (_keys.Count == 0)
            await Load(makeOne: true);
        var newest = _keys.MaxBy(one => one.Key, StringComparer.Ordinal);
        return (newest.Key, newest.Value);
    }

    internal ECDsa? Find(string keyId) => _keys.GetValueOrDefault(keyId);

    internal async Task<IReadOnlyDictionary<string, ECDsa>> All()
    {
        await Load(makeOne: true);
        return _keys;
    }

    internal Task Refresh() => Load(makeOne: false);

    private async Task Load(bool makeOne)
    {
        await _once.WaitAsync();
        try
        {
            await using var db = dbs.Open(DbScope.NoTenant);
            await db.Execute($"select pg_advisory_xact_lock(hashtextextended('identity.signing_key', 0))");
            var rows = await db.Query<Row>($"select key_id, private_key from identity.signing_key order by key_id limit 20");
            if (rows.Count == 0 && makeOne)
            {
                using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                // Version 7: the newest key has the greatest id.
                var made = new Row(Guid.CreateVersion7().ToString("N"), fresh.ExportPkcs8PrivateKey());
                await db.Execute(
                    $"insert into identity.signing_key (key_id, private_key) values ({made.KeyId}, {made.PrivateKey})"
                );
                rows.Add(made);
            }
            await db.Commit();
            _keys = rows.ToDictionary(
                row => row.KeyId,
                row => _keys.GetValueOrDefault(row.KeyId) ?? Import(row),
                StringComparer.Ordinal
            );
        }
        finally
        {
            _once.Release();
        }
    }

    private static ECDsa Import(Row row)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(row.PrivateKey, out _);
        return key;
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
            key.Dispose();
        _once.Dispose();
    }
}
