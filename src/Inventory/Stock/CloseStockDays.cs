using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Keeps what lay where at the end of each day that is over, so that stock as of any moment is a look-up and the movements of one
/// day. Done again it goes on where it was.
/// </summary>
[JobType("inventory.close-days")]
public sealed record CloseStockDays
{
    internal static async Task Run(Dbs dbs, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await using var db = dbs.Open(DbScope.NoTenant with { Patience = Patience.Background });
            var day = await db.One<DateOnly?>($"select inventory.close_stock_day()");
            await db.Commit();
            if (day is null)
                return;
        }
    }
}
