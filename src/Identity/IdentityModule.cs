using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Who may come in: people with a password and a session, machines with a token; what each may do.</summary>
public static class IdentityModule
{
    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddValidation();
        services.AddSingleton(_ => IdentitySettings.FromEnvironment());
        services.AddSingleton(KeyTimes.Default);
        services.AddSingleton<SigningKeys>();
        services.AddSingleton(AccessTimes.Default);
        services.AddSingleton<Access>();
        services.AddSingleton(all => new CallerAgain(http => all.GetRequiredService<Access>().Find(http)));
        services.AddSingleton<Passwords>();
        services.AddSingleton<SignInGuard>();
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<Provider>();
        services.AddJob<SweepIdentity>((all, _, _) => SweepIdentity.Run(all.GetRequiredService<Dbs>()));
        services.AddSchedule(new Schedule("identity.sweep", "0 3 * * *", new SweepIdentity()));
        foreach (var template in IdentityMails.Templates)
            services.AddMailTemplate(template);
        foreach (var column in Seal.Columns)
            services.DeclareSealed(column);
        services.DeclareList(ListAudit.List, AuditedTables.ReadAll);
        services.DeclareList(ListMembers.List, IdentityPermissions.ReadMembers);
        services.DeclarePermission(IdentityPermissions.ReadMembers, "See members, their roles and where they are signed in");
        services.DeclarePermission(AuditedTables.ReadAll, "See who changed what and when");
        services.DeclareAudited(
            IdentityPermissions.ReadMembers,
            "identity.member",
            "identity.member_role",
            "identity.role",
            "identity.role_permission",
            "identity.invitation"
        );
        services.DeclareAudited(IdentityPermissions.ReadClients, "identity.client", "identity.client_permission");
        services.DeclareAudited(IdentityPermissions.ReadDevices, "identity.device");
        services.DeclarePermission(IdentityPermissions.WriteMembers, "Invite, change, unlock and retire members");
        services.DeclarePermission(IdentityPermissions.EraseMembers, "Erase what is known of people who have left, for good");
        services.DeclarePermission(IdentityPermissions.WriteRoles, "Create, change and retire roles");
        services.DeclarePermission(IdentityPermissions.ReadClients, "See API clients");
        services.DeclarePermission(IdentityPermissions.WriteClients, "Create, change and retire API clients");
        services.DeclarePermission(IdentityPermissions.ReadDevices, "See devices");
        services.DeclarePermission(IdentityPermissions.WriteDevices, "Set up and revoke devices");
    }

    /// <summary>What goes on without a caller.</summary>
    public static void AddIdentityWork(this IServiceCollection services) => services.AddHostedService<GiveEverything>();

    /// <summary>Finds out who calls; stands before the check of rights.</summary>
    public static void UseIdentity(this IApplicationBuilder app) => app.UseMiddleware<CallerLookup>();

    public static void MapIdentity(this IEndpointRouteBuilder app, IEndpointRouteBuilder api)
    {
        Sessions.Map(api);
        ListSessions.Map(api);
        ChangePassword.Map(api);
        EnrolSecondFactor.Map(api);
        ListMembers.Map(api);
        ChangeMember.Map(api);
        Roles.Map(api);
        InviteMember.Map(api);
        AcceptInvitation.Map(api);
        ResetPassword.Map(api);
        EraseMember.Map(api);
        RemoveSecondFactor.Map(api);
        ListHistory.Map(api);
        ListAudit.Map(api);
        ExportAudit.Map(api);
        Clients.Map(api);
        Devices.Map(api);
        EnrolDevice.Map(api);
        Authorize.Map(api);
        ExternalSignIn.Map(app, api);
        TokenEndpoint.Map(app);
        Revocation.Map(app);
        Discovery.Map(app);
    }
}
