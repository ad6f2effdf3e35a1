using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>What the kernel offers for secrets, files and mail, and how modules declare theirs.</summary>
public static class Parts
{
    internal static void AddSecretsFilesAndMail(this IServiceCollection services)
    {
        services.AddSingleton(_ => SecretKeys.FromEnvironment());
        services.AddSingleton<SealAgain>();
        services.AddSingleton(_ => FileSettings.FromEnvironment());
        services.AddSingleton<Uploads>();
        services.AddSingleton<DocumentTypes>();
        services.AddSingleton(_ => MailSettings.FromEnvironment());
        services.AddSingleton<MailSender>();
        services.AddSingleton<ReturnedMails>();
        services.AddJob<SendMail>((all, run, job) => all.GetRequiredService<MailSender>().Do(run, job));
        services.AddJob<ReadReturnedMails>(
            (all, run, job) => all.GetRequiredService<ReturnedMails>().FromMailbox(run.Tenant, job.CompanyId, run.Stop)
        );
        services.AddJob<ReadDropFolder>((all, run, _) => all.GetRequiredService<ReturnedMails>().FromFolder(run.Stop));
        services.AddSchedule(new Schedule("mail.drop", "*/5 * * * *", new ReadDropFolder()));
        services.AddMailTemplate(KernelMails.TestMail);
        services.DeclareEvent<MailChanged>(seenWith: ListMails.Read);
        services.DeclareSealed(Mails.Column);
        foreach (var column in MailAccounts.Columns)
            services.DeclareSealed(column);
        services.DeclareList(ListMails.List, ListMails.Read);
        services.DeclarePermission(ListMails.Read, "See which mails were sent and what became of them");
        services.DeclarePermission(Attachments.Read, "See and save files of documents");
        services.DeclarePermission(Attachments.Write, "Attach files to documents and take them away");
    }

    internal static void MapFilesAndMail(this IEndpointRouteBuilder api)
    {
        Attachments.Map(api);
        ListMails.Map(api);
    }

    /// <summary>A mail that a module writes.</summary>
    public static void AddMailTemplate(this IServiceCollection services, MailTemplate template) =>
        services.AddSingleton(template);

    /// <summary>A column with secrets, so that they can be sealed with a new key.</summary>
    public static void DeclareSealed(this IServiceCollection services, SealedColumn column) => services.AddSingleton(column);
}
