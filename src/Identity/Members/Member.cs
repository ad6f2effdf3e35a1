using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>A person as a tenant knows them.</summary>
public sealed record Member(Guid Id, string Name, string Email, DateTime CreatedAt, DateTime? RetiredAt, DateTime? ErasedAt)
{
    /// <summary>One member, or the refusal that there is none here.</summary>
    internal static async Task<Member> One(Db db, Guid id) =>
        await db.Find<Member>(
            $"select person_id as id, name, email, created_at, retired_at, erased_at from identity.member where person_id = {id}"
        ) ?? throw Refused.Missing("member", id);
}
