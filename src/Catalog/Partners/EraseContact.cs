using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>
/// Forgets a person at a partner: the row goes, and with the key what the history knows of them, which stays closed for good.
/// </summary>
public static class EraseContact
{
    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/partners/{id:guid}/contacts/{contactId:guid}/erasure",
                async (HttpContext http, Db db, Guid id, Guid contactId) =>
                {
                    await Run(db, id, contactId);
                    return await ListPartners.Show(http, db, id);
                }
            )
            .Needs(CatalogPermissions.WritePartners)
            .Once()
            .WithSummary("Forget a contact, also in the history");

    public static async Task Run(Db db, Guid id, Guid contactId)
    {
        var version = await db.Execute($"update catalog.partner set version = version + 1 where partner_id = {id}");
        var gone = await db.Execute($"delete from catalog.partner_contact where partner_id = {id} and contact_id = {contactId}");
        if (version == 0 || gone == 0)
            throw Refused.Missing("contact", contactId);
        await PersonKeys.Destroy(db, [contactId]);
    }
}
