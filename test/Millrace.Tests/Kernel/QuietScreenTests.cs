using Millrace.CrashHost;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>A screen whose tenant sleeps while others work still hears how far the log was looked through.</summary>
public sealed class QuietScreenTests(Server server)
{
    [Fact, Case("L19")]
    public async Task A_quiet_screen_hears_its_position_although_it_has_no_event_of_its_own()
    {
        const int step = 1000;
        await using var database = await server.NewDatabase();
        var quiet = await Factory.Make(database.Dbs, "Quiet");
        await using var app = await App.Start(database.ConnectionString);
        using var machine = await app.Authorize(await quiet.AddClient("viewer", [InventoryPermissions.Read]));
        await using var screen = await LiveScreen.Open(app.Url, machine, since: null);
        var from = screen.Through;

        // In steps, each much smaller than the distance after which a screen is told.
        for (var made = 0; made < 7 * step; made += step)
        {
            await database.Publish(999, [.. Enumerable.Range(made, step).Select(at => new Probed($"{at}", "noise"))]);
            await database.AssertSequenced();
        }

        await Eventually.Get(() => Task.FromResult(screen.Through), through => through > from + 5000, "it is told a position");
        Assert.Empty(screen.Events);
        Assert.DoesNotContain(screen.Batches, batch => batch.Resync);
        // Told now and then, not for every foreign event.
        Assert.InRange(screen.Batches.Count, 2, 3);
    }
}
