using System.Reflection;
using Millrace.Accounting;
using Millrace.Catalog;
using Millrace.Company;
using Millrace.Identity;
using Millrace.Inventory;
using Millrace.Kernel;
using Millrace.Work;

namespace Millrace.Host;

/// <summary>The modules from the ground up; migrations run in this order.</summary>
public static class Modules
{
    public static readonly IReadOnlyList<Assembly> All =
    [
        typeof(KernelModule).Assembly,
        typeof(CompanyModule).Assembly,
        typeof(IdentityModule).Assembly,
        typeof(WorkModule).Assembly,
        typeof(CatalogModule).Assembly,
        typeof(InventoryModule).Assembly,
        typeof(AccountingModule).Assembly,
    ];

    public static void AddModules(this IServiceCollection services, string connection, LogSettings log)
    {
        services.AddSingleton(new MigrationState(All));
        services.AddKernel(connection, log);
        services.AddCompany();
        services.AddIdentity();
        services.AddWork();
        services.AddCatalog();
        services.AddInventory();
        services.AddAccounting();
    }

    public static void MapModules(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1");
        app.MapGroup("").WithTags("System").MapKernel(api.MapGroup("").WithTags("System"));
        app.MapGroup("").WithTags("Identity").MapIdentity(api.MapGroup("").WithTags("Identity"));
        api.MapGroup("").WithTags("Company").MapCompany();
        api.MapGroup("").WithTags("Work").MapWork();
        api.MapGroup("").WithTags("Catalog").MapCatalog();
        api.MapGroup("").WithTags("Inventory").MapInventory();
        api.MapGroup("").WithTags("Accounting").MapAccounting();
    }
}
