using System.Net;

namespace Millrace.Tests;

/// <summary>Rows that somebody outside of a batch holds: who needs them waits, nobody else does.</summary>
public sealed class HeldRowTests(Server server)
{
    [Fact]
    public async Task One_blocked_row_does_not_hold_up_the_others()
    {
        await using var open = await OpenFactory.Start(server);
        var (blocked, free) = (open.Factory.Items[0], open.Factory.Items[1]);
        await open.Stock(100, blocked);
        await open.Stock(100, free);
        _ = await open.Reserve("warm", 1, free);

        await using var held = await open.Hold(BalanceOf(blocked));
        var waiting = Enumerable.Range(0, 40).Select(at => open.Reserve($"SO-B{at}", 1, blocked)).ToList();
        var began = TimeProvider.System.GetTimestamp();
        var good = await Task.WhenAll(Enumerable.Range(0, 40).Select(at => open.Reserve($"SO-F{at}", 1, free)));
        var took = TimeProvider.System.GetElapsedTime(began);

        Assert.All(good, one => Assert.Equal(HttpStatusCode.Created, one.Status));
        Assert.All(waiting, one => Assert.False(one.IsCompleted));
        // 100 ms on a quiet machine; here it must only be far below the five seconds of the blocked.
        Assert.True(took < TimeSpan.FromSeconds(2), $"The others took {took}.");

        await held.DisposeAsync();
        Assert.All(await Task.WhenAll(waiting), one => Assert.Equal(HttpStatusCode.Created, one.Status));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Who_waits_for_a_row_longer_than_five_seconds_is_told_to_come_back()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(100);
        await using var held = await open.HoldBalances();

        var busy = await open.Reserve("SO-1", 1);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "busy.locked"), (busy.Status, busy.Code));
        Assert.Equal(0, await open.Count("inventory.reservation"));
    }

    [Fact, Case("S1")]
    public async Task Two_programs_that_take_turns_on_a_row_promise_what_is_there_and_no_more()
    {
        await using var open = await OpenFactory.Start(server);
        await using var other = await App.Start(open.Database.ConnectionString, work: false);
        using var api = open.At(other);
        await open.Stock(10);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(at =>
                    (at % 2 == 0 ? open.Api : api).Post(
                        "/api/v1/reservations",
                        open.Demand($"SO-{at}", (open.Factory.Item, 1)),
                        Guid.CreateVersion7()
                    )
                )
        );

        Assert.Equal(10, answers.Count(one => one.Status == HttpStatusCode.Created));
        Assert.All(
            answers.Where(one => one.Status != HttpStatusCode.Created),
            one => Assert.Equal((HttpStatusCode.Conflict, "inventory.short"), (one.Status, one.Code))
        );
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Who_needs_two_rows_holds_neither_while_it_waits_for_the_other()
    {
        await using var open = await OpenFactory.Start(server);
        var (first, second) = (open.Factory.Items[0], open.Factory.Items[1]);
        await open.Stock(100, first);
        await open.Stock(100, second);
        var heldFirst = await open.Hold(BalanceOf(first));
        await using var heldSecond = await open.Hold(BalanceOf(second));
        var both = open.Api.Post("/api/v1/reservations", open.Demand("SO-BOTH", (first, 1), (second, 1)));
        await Waits(open, 1);

        await heldFirst.DisposeAsync();
        await Waits(open, 1);
        var free = await open.Reserve("SO-FREE", 1, first);

        Assert.Equal(HttpStatusCode.Created, free.Status);
        Assert.False(both.IsCompleted);
        await heldSecond.DisposeAsync();
        Assert.Equal(HttpStatusCode.Created, (await both).Status);
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task More_rows_blocked_than_are_watched_at_once_are_all_answered_when_they_are_free()
    {
        await using var open = await OpenFactory.Start(server, items: 12);
        var (free, blocked) = (open.Factory.Items[0], open.Factory.Items.Skip(1).ToList());
        foreach (var item in open.Factory.Items)
            await open.Stock(100, item);
        var held = await open.Hold($"inventory.balance where item_id <> '{free}'");

        var waiting = blocked
            .SelectMany(item => Enumerable.Range(0, 4).Select(at => open.Reserve($"SO-{item}-{at}", 1, item)))
            .ToList();
        await Waits(open, 8);
        var began = TimeProvider.System.GetTimestamp();
        var other = await open.Reserve("SO-FREE", 1, free);
        var took = TimeProvider.System.GetElapsedTime(began);
        await held.DisposeAsync();

        Assert.Equal(HttpStatusCode.Created, other.Status);
        Assert.True(took < TimeSpan.FromSeconds(2), $"The other took {took}.");
        Assert.All(await Task.WhenAll(waiting), one => Assert.Equal(HttpStatusCode.Created, one.Status));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Whoever_takes_numbers_of_a_document_holds_up_only_documents_of_that_kind()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(100);
        _ = await open.Issue(1);
        var held = await open.Hold("company.series where kind = 'GI'");

        var waiting = Enumerable.Range(0, 30).Select(_ => open.Issue(1)).ToList();
        await Waits(open, 1);
        var reserved = await Task.WhenAll(Enumerable.Range(0, 20).Select(at => open.Reserve($"SO-{at}", 1)));

        Assert.All(reserved, one => Assert.Equal(HttpStatusCode.Created, one.Status));
        Assert.All(waiting, one => Assert.False(one.IsCompleted));
        await held.DisposeAsync();
        Assert.All(await Task.WhenAll(waiting), one => Assert.Equal(HttpStatusCode.Created, one.Status));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    /// <summary>So many sessions of the program wait for rows.</summary>
    private static Task Waits(OpenFactory open, int sessions) =>
        Eventually.Get(
            () => open.Count("pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"),
            waiting => waiting == sessions,
            $"{sessions} sessions that wait for a row"
        );

    private static string BalanceOf(Guid item) => $"inventory.balance where item_id = '{item}'";
}
