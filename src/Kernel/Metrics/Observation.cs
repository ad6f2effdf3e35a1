using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Millrace.Kernel;

/// <summary>Limits, metrics, alerts and health of the installation.</summary>
internal static class Observation
{
    internal static void AddObservation(this IServiceCollection services)
    {
        services.TryAddSingleton(new LimitSettings());
        services.TryAddSingleton(new ObserveSettings());
        services.AddSingleton<Limits>();
        services.AddSingleton<Exhausted>();
        services.AddSingleton<DatabaseOutage>();
        services.AddSingleton<ParkedWatch>();
        services.AddSingleton<AlertBook>();
        services.AddSingleton<Sampler>();
        services.DeclarePermission(HealthReport.Read, "See the health of the installation and its alerts");
        services.AddMailTemplate(AlertMail.OpenedMail);
        services.AddMailTemplate(AlertMail.OverMail);
        services.DeclareEvent<AlertChanged>(HealthReport.Read);
    }
}
