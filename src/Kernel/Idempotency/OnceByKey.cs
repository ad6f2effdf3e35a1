using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// A request with an Idempotency-Key is done once: its answer is stored in the same commit as its effect, and replayed for a day.
/// </summary>
internal static class OnceByKey
{
    private static readonly TimeSpan TwinWait = TimeSpan.FromSeconds(1);

    private sealed record Stored(byte[] Fingerprint, short Status, byte[] Body);

    internal static async ValueTask<object?> Run(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = IdempotencyKey.Of(http);
        var fingerprint = Fingerprint.Of(http);
        var caller = Caller.Required(http);
        var db = http.RequestServices.GetRequiredService<Db>();

        if (await Claim(db, caller, key) is { } stored)
            return stored.Fingerprint.AsSpan().SequenceEqual(fingerprint)
                ? new StoredAnswer(stored.Status, stored.Body, Replayed: true)
                : throw new Refused(
                    "idempotency.reused",
                    "This Idempotency-Key was used for another request. Take a new key for a new request.",
                    status: 422
                );

        var answer = AnswerOf(await next(context));
        if (answer.Status is < 200 or > 299)
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
    private static async Task<Stored?> Claim(Db db, Caller caller, Guid key)
    {
        var scope = string.Create(CultureInfo.InvariantCulture, $"{caller.Tenant}/{caller.Actor:N}/{key:N}");
        // Three statements in one round trip: each has a snapshot of its own, so the look-up sees what the twin committed.
        db.Ahead($"select set_config('lock_timeout', {Db.Milliseconds(TwinWait)}, true)");
        db.Ahead($"select pg_advisory_xact_lock(hashtextextended({scope}, 0))");
        try
        {
            var stored = await db.Find<Stored>(
                $"""
                select fingerprint, status, body from kernel.answer
                where client_id = {caller.Actor} and key = {key} and created_at > now() - interval '24 hours'
                """
            );
            db.Ahead($"select set_config('lock_timeout', {Db.Milliseconds(db.Scope.Patience.Lock)}, true)");
            return stored;
        }
        catch (PostgresException waited) when (waited.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new Refused("idempotency.running", "The first request with this key is still running. Ask again in a second.");
        }
    }

    private static StoredAnswer AnswerOf(object? result)
    {
        var status = (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        var value = result is IValueHttpResult holder ? holder.Value : result;
        return new StoredAnswer(status, JsonSerializer.SerializeToUtf8Bytes(value, Wire.Options), Replayed: false);
    }

    private sealed record StoredAnswer(int Status, byte[] Body, bool Replayed) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            if (Replayed)
                httpContext.Response.Headers["Idempotency-Replayed"] = "true";
            await httpContext.Response.Body.WriteAsync(Body);
        }
    }
}
