namespace Millrace.Tests;

/// <summary>Lets the program work on a database until the books have caught up, and stops it again.</summary>
public static class Settled
{
    public static async Task PostVouchers(this TestDatabase database)
    {
        const string Posted = "type in ('StockReceived', 'StockIssued', 'StockAdjusted', 'StockReversed')";
        const string IsWorthSomething = """
            exists (select from jsonb_array_elements(payload -> 'lines') as line where (line ->> 'amount')::numeric <> 0)
            """;
        await using var app = await App.Start(database.ConnectionString);
        await Eventually.True(
            async () =>
                await database.Superuser<bool>(
                    $"""
                    select (select count(*) from accounting.voucher)
                        = (select count(*) from kernel.event where {Posted} and {IsWorthSomething})
                      and (select count(*) from kernel.event) = (select count(event_id) from kernel.event_pos)
                      and (select max(pos) from kernel.cursor) >= (select max(pos) from kernel.event_pos e
                          where exists (select from kernel.event v
                              where v.id = e.event_id and v.{Posted}))
                    """
                ),
            "every movement has its voucher"
        );
    }
}
