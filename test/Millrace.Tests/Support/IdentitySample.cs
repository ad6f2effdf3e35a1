using Millrace.Company;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>One of everything about who may come in, and the ids under which a request may name it.</summary>
public static class IdentitySample
{
    public const string RedirectUri = "https://app.example/back";

    public static async Task<IReadOnlyDictionary<string, string>> Add(Db db, Guid company, string mark)
    {
        var tenant = db.Scope.Tenant!.Value;
        var role = await CreateRole.Run(db, $"{mark} role", ["catalog.item.read"]);
        var spare = await CreateRole.Run(db, $"{mark} spare role", ["catalog.item.read"]);
        var email = $"{mark.ToLowerInvariant().Replace(' ', '-')}-member@t{tenant}.example";
        var member = await AddMember.Run(
            db,
            new Passwords(),
            new AddMember.Request(email, $"{mark} member", Factory.Password, $"{mark} role")
        );
        var left = await AddMember.Run(
            db,
            new Passwords(),
            new AddMember.Request($"left-{email}", $"{mark} left", Factory.Password, $"{mark} role")
        );
        await db.Execute($"update identity.member set retired_at = now() where person_id = {left}");
        var lost = await AddMember.Run(
            db,
            new Passwords(),
            new AddMember.Request($"lost-{email}", $"{mark} lost", Factory.Password, $"{mark} role")
        );
        await db.Execute(
            $"""
            insert into identity.second_factor (person_id, sealed_secret, active_at)
            values ({lost}, {SecretKeys.FromEnvironment().Seal("AAAA", $"identity.second_factor {lost:N}")}, now())
            """
        );
        var (session, client, invitation, device) = (
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7()
        );
        var secret = session.ToByteArray();
        await db.Execute(
            $"""
            insert into identity.session (tenant_id, secret_hash, session_id, person_id, expires_at, agent)
            values ({tenant}, {secret}, {session}, {member}, now() + interval '1 hour', {$"{mark} agent"})
            """
        );
        await db.Execute(
            $"""
            insert into identity.client (tenant_id, client_id, name, secret_hash, redirect_uris)
            values ({tenant}, {client}, {$"{mark} client"}, {secret}, {(string[])[RedirectUri]})
            """
        );
        await db.Execute($"insert into identity.client_permission values ({tenant}, {client}, {"catalog.item.read"})");
        await db.Execute(
            $"""
            insert into identity.invitation
                (tenant_id, invitation_id, email, name, role_id, token_hash, invited_by, expires_at)
            values ({tenant}, {invitation}, {$"invited-{email}"}, {$"{mark} invited"}, {role}, {secret}, {member},
                now() + interval '1 day')
            """
        );
        var site = await Sites.Create(db, new Sites.Request(company, Short($"S-{mark}"), $"{mark} site"));
        await db.Execute(
            $"""
            insert into identity.device (tenant_id, device_id, site_id, role_id, name)
            values ({tenant}, {device}, {site.Id}, {role}, {$"{mark} device"})
            """
        );
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["role"] = role.ToString(),
            ["spare"] = spare.ToString(),
            ["member"] = member.ToString(),
            ["left"] = left.ToString(),
            ["lost"] = lost.ToString(),
            ["session"] = session.ToString(),
            ["client"] = client.ToString(),
            ["invitation"] = invitation.ToString(),
            ["site"] = site.Id.ToString(),
            ["device"] = device.ToString(),
        };
    }

    private static string Short(string mark) => mark.Length <= 20 ? mark : mark[..20];
}
