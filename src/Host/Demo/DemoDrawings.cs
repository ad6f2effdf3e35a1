using Millrace.Catalog;
using Millrace.Kernel;

namespace Millrace.Host.Demo;

/// <summary>A drawing for each item that the pump maker makes; those of a family share one.</summary>
internal static class DemoDrawings
{
    internal static async Task Add(Db db, IReadOnlyList<(DemoItem Item, Guid Id)> items)
    {
        foreach (var (item, id) in items.Where(one => one.Item.Kind is ItemKind.Semi or ItemKind.Finished))
        {
            // FG-NM-32-160 is of the family NM, SM-SHF-32-160 of the shafts.
            var family = item.Code.Split('-')[1].ToLowerInvariant();
            await using var drawing =
                typeof(DemoDrawings).Assembly.GetManifestResourceStream($"Host/Drawings/{family}.png")
                ?? throw new InvalidOperationException($"There is no drawing for the family {family} of {item.Code}.");
            await Attachments.Add(db, new DocumentRef("item", id.ToString()), $"AP-{item.Code[3..]}.png", drawing);
        }
    }
}
