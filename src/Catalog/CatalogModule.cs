using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>Items and what they cost in each company.</summary>
public static class CatalogModule
{
    public static void AddCatalog(this IServiceCollection services)
    {
        services.AddValidation();
        services.DeclarePermission(CatalogPermissions.ReadItems, "See items");
        services.DeclareAudited(CatalogPermissions.ReadItems, "catalog.item", "catalog.item_cost");
        services.DeclarePermission(CatalogPermissions.WriteItems, "Create, change and retire items");
        services.DeclarePermission(CatalogPermissions.WriteCosts, "Change the cost of items");
    }

    public static void MapCatalog(this IEndpointRouteBuilder api)
    {
        ListItems.Map(api);
        CreateItem.Map(api);
        ChangeItem.Map(api);
        RetireItem.Map(api);
        ChangeCost.Map(api);
    }
}

public static class CatalogPermissions
{
    public const string ReadItems = "catalog.item.read";
    public const string WriteItems = "catalog.item.write";
    public const string WriteCosts = "catalog.cost.write";
}
