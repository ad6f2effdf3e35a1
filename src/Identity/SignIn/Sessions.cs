using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Sign in, look who is signed in, sign out. The session lives in the database, so every process knows it.</summary>
public static class Sessions
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public sealed record Request(
        [Required, Text(254)] string Email,
        [Required, StringLength(200)] string Password,
        int? TenantId = null,
        [Text(40)] string? Code = null
    );

    public sealed record Choice([Required, OneOf("en", "tr")] string Language);

    public sealed record User(Guid Id, string Name, string Email);

    public sealed record Tenant(int Id, string Name);

    public sealed record Session(
        User User,
        Tenant Tenant,
        IReadOnlyList<Tenant> Tenants,
        IReadOnlyList<string> Permissions,
        IReadOnlyList<ListCompanies.Row> Companies
    );

    private sealed record Found(Guid PersonId, string PasswordHash, int TenantId, string TenantName);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/session", SignIn)
            .Open("Nobody is signed in yet.")
            .Limited("sign-in")
            .Reads()
            .Problems(401, 403, 413, 415)
            .WithSummary("Sign in");
        api.MapGet("/session", Show).SignedIn("It shows the caller's own session.").Reads().WithSummary("Who is signed in");
        api.MapPut("/session/language", Write)
            .SignedIn("It is the caller's own.")
            .Writes()
            .Produces(204)
            .WithSummary("In which language the program writes to you");
        api.MapDelete("/session", SignOut)
            .SignedIn("It ends the caller's own session.")
            .ChangesRights()
            .Writes()
            .Produces(204)
            .WithSummary("Sign out");
    }

    private static async Task<Session> SignIn(
        HttpContext http,
        Dbs dbs,
        Passwords passwords,
        SignInGuard guard,
        SecondFactor factor,
        Request request
    )
    {
        var attempt = await guard.Begin(request.Email, http.Connection.RemoteIpAddress);
        List<Found> found;
        await using (var db = dbs.Open(DbScope.NoTenant))
            found = await db.Query<Found>(
                $"select person_id, password_hash, tenant_id, tenant_name from identity.person_by_email({request.Email})"
            );
        var person = found.FirstOrDefault(one => request.TenantId is null || one.TenantId == request.TenantId);
        if (!passwords.Fits(person?.PasswordHash, request.Password))
            throw Wrong();
        switch (await factor.Judge(person!.PersonId, request.Code))
        {
            case SecondFactor.Verdict.Missing:
                await guard.Unfinished(attempt);
                throw new Refused(
                    "sign_in.code_needed",
                    "Enter the six digits your authenticator app shows now, or a recovery code.",
                    status: 401
                );
            case SecondFactor.Verdict.Wrong:
                throw new Refused(
                    "sign_in.code_wrong",
                    "This code is wrong, or was used already. Wait for the next one and try again.",
                    status: 401
                );
        }
        await using (var db = dbs.Open(DbScope.ForTenant(person.TenantId, person.PersonId, RequestId.Of(http))))
        {
            var (cookie, left) = await Open(http, db, person.PersonId) ?? throw Wrong();
            var session = await Describe(db, person.PersonId);
            await db.Commit();
            await guard.Succeeded(attempt); // on the connection that the commit has given back
            cookie.Set(http, left);
            return session;
        }
    }

    /// <summary>Writes the session of a member into the caller's transaction; none for who is retired.</summary>
    internal static async Task<(SessionCookie Cookie, DateTimeOffset Until)?> Open(HttpContext http, Db db, Guid person)
    {
        var cookie = SessionCookie.Fresh(db.Scope.Tenant!.Value);
        var agent = http.Request.Headers.UserAgent.ToString();
        var until = await db.Find<DateTime?>(
            $"""
            insert into identity.session (tenant_id, secret_hash, session_id, person_id, expires_at, address, agent)
            select tenant_id, {cookie.Hash}, {Guid.CreateVersion7()}, person_id, now() + {Lifetime},
                {http.Connection.RemoteIpAddress?.ToString() ?? ""}, {(agent.Length > 300 ? agent[..300] : agent)}
            from identity.member where person_id = {person} and retired_at is null
            returning expires_at
            """
        );
        return until is { } end ? (cookie, new DateTimeOffset(end)) : null;
    }

    private static Refused Wrong() => new("sign_in.refused", "The e-mail address or the password is wrong.", status: 401);

    private static Task<Session> Show(HttpContext http, Db db) => Describe(db, Caller.Required(http).Actor);

    private static async Task<IResult> Write(HttpContext http, Db db, Choice choice)
    {
        await db.Execute(
            $"""
            update identity.member set language = {choice.Language}
            where person_id = {Caller.Required(http).Actor} and language is distinct from {choice.Language}
            """
        );
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SignOut(HttpContext http, Db db)
    {
        if (SessionCookie.Of(http) is { } cookie)
            await db.Execute($"delete from identity.session where secret_hash = {cookie.Hash}");
        http.Response.Cookies.Delete(SessionCookie.Name);
        return TypedResults.NoContent();
    }

    private static async Task<Session> Describe(Db db, Guid person)
    {
        var user = await db.Find<User>($"select person_id as id, name, email from identity.member where person_id = {person}");
        if (user is null)
            throw new Refused("session.not_a_person", "A machine has no session; this address is for people.", status: 404);
        var tenants = await db.Query<Tenant>($"select tenant_id as id, tenant_name as name from identity.tenants_of({person})");
        var permissions = await Rights.OfPerson(db, person);
        return new Session(
            user,
            tenants.First(one => one.Id == db.Scope.Tenant),
            tenants,
            [.. permissions.Order(StringComparer.Ordinal)],
            await ListCompanies.Run(db)
        );
    }
}
