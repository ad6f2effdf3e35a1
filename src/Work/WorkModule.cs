using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>What people decide, say and do about documents: approvals, the inbox, comments, notifications, tasks.</summary>
public static class WorkModule
{
    public static void AddWork(this IServiceCollection services)
    {
        services.AddValidation();
        services.AddSingleton<ApprovalSubjects>();
        services.DeclarePermission(WorkPermissions.Use, "Comment, follow, be notified, and work with tasks");
        services.DeclarePermission(WorkPermissions.Decide, "Decide about documents one is asked about, and delegate that");
        services.DeclarePermission(WorkPermissions.WriteRules, "Change approval rules");
        services.DeclareAudited(WorkPermissions.Use, "work.label", "work.task", "work.task_tag");
        services.DeclareAudited(WorkPermissions.Decide, "work.approval", "work.delegation");
        services.DeclareAudited(WorkPermissions.WriteRules, "work.approval_rule");
        services.DeclareList(ListTasks.List, WorkPermissions.Use);
        services.DeclareStart(ListInbox.Start);
        services.DeclareStart(TasksAtStart.Due);
        services.DeclareStart(TasksAtStart.Late);
        services.AddMailTemplate(SendDigest.Template);
        services.AddJob<SendDigest.Job>((_, run, _) => SendDigest.Run(run));
        services.AddJob<EscalateApprovals.Job>((_, run, _) => EscalateApprovals.Run(run));
        services.DeclareEvent<ApprovalAsked>(seenWith: WorkPermissions.Use);
        services.DeclareEvent<ApprovalDecided>(seenWith: WorkPermissions.Use);
        services.DeclareEvent<ApprovalClosed>(seenWith: WorkPermissions.Use);
        services.DeclareEvent<ApprovalEscalated>(seenWith: WorkPermissions.Use);
        services.DeclareEvent<CommentAdded>(seenWith: WorkPermissions.Use);
        services.DeclareEvent<PeopleNotified>(seenWith: WorkPermissions.Use);
    }

    public static void MapWork(this IEndpointRouteBuilder api)
    {
        ListInbox.Map(api);
        RetractDecision.Map(api);
        ApprovalRules.Map(api);
        Delegations.Map(api);
        Comments.Map(api);
        Following.Map(api);
        Notifications.Map(api);
        MailChoice.Map(api);
        ListPeople.Map(api);
        Tasks.Map(api);
        Labels.Map(api);
    }
}

public static class WorkPermissions
{
    public const string Use = "work.use";
    public const string Decide = "work.decide";
    public const string WriteRules = "work.rule.write";
}
