using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>What stands sealed in this module's tables, and for what: it opens for its own row and no other.</summary>
internal static class Seal
{
    internal static string ForSigning(string keyId) => $"identity.signing_key {keyId}";

    internal static string ForSecondFactor(Guid person) => $"identity.second_factor {person:N}";

    internal static readonly IReadOnlyList<SealedColumn> Columns =
    [
        new(
            "identity.signing_key",
            (db, after) =>
                db.Query<SealedRow>(
                    $"""
                    select key_id::uuid as id, 'identity.signing_key ' || key_id as purpose, private_key as box
                    from identity.signing_key where key_id::uuid > {after} order by key_id::uuid limit 500
                    """
                ),
            (db, row, box) =>
                db.Execute(
                    $"""
                    update identity.signing_key set private_key = {box}
                    where key_id = {row.Id.ToString("N")} and private_key = {row.Box}
                    """
                ),
            PerTenant: false
        ),
        new(
            "identity.second_factor",
            (db, after) =>
                db.Query<SealedRow>(
                    $"""
                    select person_id as id, 'identity.second_factor ' || replace(person_id::text, '-', '') as purpose,
                        sealed_secret as box
                    from identity.second_factor where person_id > {after} order by person_id limit 500
                    """
                ),
            (db, row, box) =>
                db.Execute(
                    $"""
                    update identity.second_factor set sealed_secret = {box}
                    where person_id = {row.Id} and sealed_secret = {row.Box}
                    """
                ),
            PerTenant: false
        ),
    ];
}
