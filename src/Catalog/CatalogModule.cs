using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>Items and what they cost in each company; customers and suppliers and how each company stands with them.</summary>
public static class CatalogModule
{
    public static void AddCatalog(this IServiceCollection services)
    {
        services.AddValidation();
        services.DeclarePermission(CatalogPermissions.ReadItems, "See items");
        services.DeclareAudited(CatalogPermissions.ReadItems, "catalog.item", "catalog.item_cost", "catalog.item_unit");
        services.DeclarePermission(CatalogPermissions.WriteItems, "Create, change and retire items");
        services.DeclarePermission(CatalogPermissions.WriteCosts, "Change the cost of items");
        services.DeclareList(ListItems.List, CatalogPermissions.ReadItems);
        services.DeclareStart(ListItems.New);
        services.DeclareImport(ImportItems.Kind);
        services.DeclareDocument(
            new DocumentType("item", CatalogPermissions.ReadItems, Item.Card) { ChangedWith = CatalogPermissions.WriteItems }
        );

        services.DeclarePermission(CatalogPermissions.ReadPartners, "See customers and suppliers");
        services.DeclarePermission(CatalogPermissions.WritePartners, "Create, change and retire customers and suppliers");
        services.DeclarePermission(
            CatalogPermissions.WriteStanding,
            "Stop and release customers and suppliers, set credit limits"
        );
        services.DeclareAudited(
            CatalogPermissions.ReadPartners,
            "catalog.partner",
            "catalog.partner_address",
            "catalog.partner_contact",
            "catalog.partner_standing"
        );
        services.DeclareList(ListPartners.List, CatalogPermissions.ReadPartners);
        services.DeclareImport(ImportPartners.Kind);
        services.DeclareDocument(
            new DocumentType("partner", CatalogPermissions.ReadPartners, Partner.Card)
            {
                ChangedWith = CatalogPermissions.WritePartners,
            }
        );
    }

    public static void MapCatalog(this IEndpointRouteBuilder api)
    {
        ListItems.Map(api);
        CreateItem.Map(api);
        ChangeItem.Map(api);
        RetireItem.Map(api);
        ChangeCost.Map(api);
        ItemUnits.Map(api);
        MakeVariants.Map(api);
        ListPartners.Map(api);
        SavePartner.Map(api);
        RetirePartner.Map(api);
        ChangeStanding.Map(api);
        EraseContact.Map(api);
    }
}

public static class CatalogPermissions
{
    public const string ReadItems = "catalog.item.read";
    public const string WriteItems = "catalog.item.write";
    public const string WriteCosts = "catalog.cost.write";
    public const string ReadPartners = "catalog.partner.read";
    public const string WritePartners = "catalog.partner.write";
    public const string WriteStanding = "catalog.standing.write";
}
