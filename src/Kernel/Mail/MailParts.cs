using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>What the kernel offers for secrets, files and mail, and how modules declare theirs.</summary>
public static class MailParts
{
    internal static void AddSecretsFilesAndMail(this IServiceCollection services)
    {
        services.AddSingleton(_ => SecretKeys.FromEnvironment());
        services.AddSingleton<SealAgain>();
    }

    /// <summary>A mail that a module writes.</summary>
    public static void AddMailTemplate(this IServiceCollection services, MailTemplate template) =>
        services.AddSingleton(template);

    /// <summary>A column with secrets, so that they can be sealed with a new key.</summary>
    public static void DeclareSealed(this IServiceCollection services, SealedColumn column) => services.AddSingleton(column);
}
