using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Takes away what has run out: sessions, codes and tokens after a month, attempts and links after a day.</summary>
[JobType("identity.sweep")]
public sealed record SweepIdentity
{
    internal static async Task Run(Dbs dbs)
    {
        await using var db = dbs.Open(DbScope.NoTenant);
        await db.Query<int>($"select identity.sweep_sessions()");
        await db.Query<int>($"select identity.sweep_tokens()");
        await db.Execute($"delete from identity.sign_in_guard where since < now() - interval '1 day'");
        await db.Execute($"delete from identity.right_change where at < now() - interval '1 day'");
        await db.Execute($"delete from identity.password_reset where expires_at < now() - interval '1 day'");
        await db.Execute($"delete from identity.external_sign_in where expires_at < now()");
        await db.Commit();
    }
}
