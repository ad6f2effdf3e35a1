using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>A machine that may ask for tokens. The secret is shown once, here.</summary>
public static class CreateClient
{
    public sealed record Result(string ClientId, string ClientSecret);

    public static async Task<Result> Run(Db db, string name, IReadOnlyList<string> permissions, string? secret = null)
    {
        var id = Guid.CreateVersion7();
        secret ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await db.Execute(
            $"""
            insert into identity.client (tenant_id, client_id, name, secret_hash)
            values ({db.Scope.Tenant}, {id}, {name}, {SHA256.HashData(Encoding.UTF8.GetBytes(secret))})
            """
        );
        await db.Execute(
            $"""
            insert into identity.client_permission (tenant_id, client_id, permission)
            select {db.Scope.Tenant}, {id}, unnest({permissions.ToArray()})
            """
        );
        return new Result(IdOf(db.Scope.Tenant, id), secret);
    }

    /// <summary>The ids of the clients in use; their secrets are nowhere to be read.</summary>
    public static async Task<IReadOnlyList<string>> Known(Db db)
    {
        var ids = await db.Query<Guid>(
            $"select client_id from identity.client where retired_at is null order by client_id limit 200"
        );
        return ids.ConvertAll(id => IdOf(db.Scope.Tenant, id));
    }

    // The tenant stands in the id, so that the look-up happens behind its wall.
    private static string IdOf(int? tenant, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{tenant}.{id:D}");
}
