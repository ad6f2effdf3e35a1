using System.Security.Cryptography;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>A client or a device that has proven who it is, and what it was given.</summary>
internal sealed record ClientProof(Guid Id, bool IsPublic, bool IsDevice, IReadOnlyList<string> Granted)
{
    private sealed record Row(byte[]? SecretHash, bool IsPublic, bool IsDevice, string? Permission);

    internal static async Task<ClientProof?> Find(Db db, Forms.Claimed claimed)
    {
        var rows = await db.Query<Row>(
            $"""
            select c.secret_hash, c.is_public, false as is_device, p.permission from identity.client c
            left join identity.client_permission p on p.tenant_id = c.tenant_id and p.client_id = c.client_id
            where c.client_id = {claimed.Id} and c.retired_at is null
            union all
            select d.secret_hash, false, true, p.permission from identity.device d
            left join identity.role o on o.tenant_id = d.tenant_id and o.role_id = d.role_id and o.retired_at is null
            left join identity.role_permission p on p.tenant_id = o.tenant_id and p.role_id = o.role_id
            where d.device_id = {claimed.Id} and d.revoked_at is null
            limit 1000
            """
        );
        // A client that cannot keep a secret is not asked for one; what it does is proven by PKCE and by its tokens.
        if (
            rows is not [var first, ..]
            || !(
                (first.IsPublic && claimed.Secret.Length == 0)
                || CryptographicOperations.FixedTimeEquals(first.SecretHash ?? [], Links.HashOf(claimed.Secret))
            )
        )
            return null;
        var granted = rows.Select(row => row.Permission).OfType<string>().Order(StringComparer.Ordinal).ToList();
        return new ClientProof(claimed.Id, first.IsPublic && claimed.Secret.Length == 0, first.IsDevice, granted);
    }
}
