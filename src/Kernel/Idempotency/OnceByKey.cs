using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// A request with an Idempotency-Key is done once: its answer is stored in the same commit as its effect, and replayed for a day.
/// </summary>
internal static class OnceByKey
{
    internal static readonly TimeSpan TwinWait = TimeSpan.FromSeconds(1);

    internal static async ValueTask<object?> Run(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = IdempotencyKey.Of(http);
        var fingerprint = Fingerprint.Of(http);
        var caller = Caller.Required(http);
        var db = http.RequestServices.GetRequiredService<Db>();

        if (await Claim(db, caller, key) is { } kept)
            return kept.For(fingerprint);

        var answer = StoredAnswer.Of(await next(context));
        if (!answer.IsSuccess)
            return answer;
        db.Remember(
            await db.One<string>(
                $"""
                insert into kernel.answer (tenant_id, client_id, key, fingerprint, status, body)
                values ({caller.Tenant}, {caller.Actor}, {key}, {fingerprint}, {(short)answer.Status}, {answer.Body})
                on conflict (tenant_id, client_id, key) do update
                    set fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body, created_at = now()
                    where answer.created_at <= now() - interval '24 hours'
                returning pg_current_xact_id()::text
                """
            )
        );
        await db.Commit();
        return answer;
    }

    /// <summary>Holds the key until the end of the transaction; a twin in any process waits here for at most a second.</summary>
    private static async Task<KeptAnswer?> Claim(Db db, Caller caller, Guid key)
    {
        // Three statements in one round trip: each has a snapshot of its own, so the look-up sees what the twin committed.
        db.Ahead($"select set_config('lock_timeout', {Db.Milliseconds(TwinWait)}, true)");
        db.Ahead($"select pg_advisory_xact_lock(hashtextextended({LockOf(caller, key)}, 0))");
        try
        {
            var kept = await db.Find<KeptAnswer>(
                $"""
                select client_id, key, fingerprint, status, body from kernel.answer
                where client_id = {caller.Actor} and key = {key} and created_at > now() - interval '24 hours'
                """
            );
            db.Ahead($"select set_config('lock_timeout', {Db.Milliseconds(db.Scope.Patience.Lock)}, true)");
            return kept;
        }
        catch (PostgresException waited) when (waited.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw Running();
        }
    }

    /// <summary>What a request holds from its first look for an answer until its commit, in whatever process it runs.</summary>
    internal static string LockOf(Caller caller, Guid key) =>
        string.Create(CultureInfo.InvariantCulture, $"{caller.Tenant}/{caller.Actor:N}/{key:N}");

    internal static Refused Running() =>
        new("idempotency.running", "The first request with this key is still running. Ask again in a second.");
}
