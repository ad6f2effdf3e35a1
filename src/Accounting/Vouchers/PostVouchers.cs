using Millrace.Company;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Accounting;

/// <summary>Turns each movement event into one balanced voucher with a gapless number, at the cost frozen in the event.</summary>
internal static class PostVouchers
{
    internal const string Name = "accounting.vouchers";
    internal const string Series = "V";

    /// <summary>An adjustment is posted line by line under one of two names, as it goes up or down.</summary>
    internal const string Gained = "StockGained";
    internal const string Lost = "StockLost";

    private sealed record Rule(
        Guid CompanyId,
        string EventType,
        string ItemKind,
        string Reason,
        string DebitAccount,
        string CreditAccount
    );

    private sealed record Fact(
        LoggedEvent Event,
        Guid CompanyId,
        string Document,
        DateOnly Date,
        string Currency,
        IReadOnlyList<FactLine> Lines
    );

    /// <summary>A line by the name under which its rule is found; amounts are never negative.</summary>
    private sealed record FactLine(string EventType, string ItemKind, string Reason, decimal Amount)
    {
        /// <summary>What the rule debits is credited, and the other way round.</summary>
        internal bool TakesBack { get; init; }
    }

    internal sealed record Line(string Account, decimal Debit, decimal Credit);

    internal sealed record Voucher(
        LoggedEvent Event,
        Guid CompanyId,
        string Document,
        DateOnly Date,
        string Currency,
        IReadOnlyList<Line> Lines
    )
    {
        internal Guid Id { get; } = Guid.CreateVersion7();
        internal long Number { get; set; }
        internal decimal Total => Lines.Sum(line => line.Debit);
    }

    internal static async Task Run(Db db, IReadOnlyList<LoggedEvent> events)
    {
        var facts = events.Select(Read).ToList();
        var rules = await db.Query<Rule>(
            $"""
            select company_id, event_type, item_kind, reason, debit_account, credit_account from accounting.posting_rule
            where company_id = any ({facts.Select(one => one.CompanyId).Distinct().ToArray()})
            """
        );
        var index = rules.ToDictionary(one => (one.CompanyId, one.EventType, one.ItemKind, one.Reason));
        // A document whose goods cost nothing has nothing to post.
        var vouchers = facts.Select(fact => Draft(fact, index)).Where(voucher => voucher.Lines.Count > 0).ToList();
        if (vouchers.Count == 0)
            return;
        var posted = new List<VouchersPosted>();
        foreach (var series in vouchers.GroupBy(one => (one.CompanyId, one.Date.Year)).OrderBy(one => one.Key))
        {
            var number = await Company.Series.Take(db, series.Key.CompanyId, Series, series.Key.Year, series.Count());
            posted.Add(new VouchersPosted(series.Key.CompanyId, series.Key.Year, number, number + series.Count() - 1));
            foreach (var voucher in series)
                voucher.Number = number++;
        }
        await VoucherWriter.Write(db, vouchers);
        await db.Publish([.. posted]);
    }

    private static Fact Read(LoggedEvent one)
    {
        switch (one.Type)
        {
            case "StockReceived":
                var received = one.Read<StockReceived>();
                return FactOf(one, received, Moved(one, received.Reason, received.Lines));
            case "StockAdjusted":
                var adjusted = one.Read<StockAdjusted>();
                return FactOf(one, adjusted, adjusted.Lines.Select(Adjusted));
            case "StockReversed":
                var reversed = one.Read<StockReversed>();
                return FactOf(one, reversed, reversed.Lines.Select(line => TakenBack(reversed.Kind, line)));
            default:
                var issued = one.Read<StockIssued>();
                return FactOf(one, issued, Moved(one, issued.Reason, issued.Lines));
        }
    }

    private static Fact FactOf(LoggedEvent one, IValuedMovement moved, IEnumerable<FactLine> lines) =>
        new(one, moved.CompanyId, moved.Document, moved.Date, moved.Currency, [.. lines]);

    private static FactLine Adjusted(AdjustedLine line) =>
        new(line.Quantity > 0 ? Gained : Lost, line.ItemKind, line.Reason, Math.Abs(line.Amount));

    // By the rule by which it was posted.
    private static FactLine TakenBack(string kind, AdjustedLine line)
    {
        var posted = kind switch
        {
            "receipt" => nameof(StockReceived),
            "issue" => nameof(StockIssued),
            _ => line.Quantity < 0 ? Gained : Lost,
        };
        return new FactLine(posted, line.ItemKind, line.Reason, Math.Abs(line.Amount)) { TakesBack = true };
    }

    private static IEnumerable<FactLine> Moved(LoggedEvent one, string reason, IReadOnlyList<MovedLine> lines) =>
        lines.Select(line => new FactLine(one.Type, line.ItemKind, reason, line.Amount));

    /// <summary>One line per account and side, so that a count of 100,000 lines is a voucher of a few.</summary>
    private static Voucher Draft(Fact fact, Dictionary<(Guid, string, string, string), Rule> rules)
    {
        var pairs = fact
            .Lines.Select(line => (Accounts: AccountsFor(line, RuleFor(fact.CompanyId, line, rules)), line.Amount))
            .GroupBy(one => one.Accounts)
            .Select(group =>
                (DebitAccount: group.Key.Debit, CreditAccount: group.Key.Credit, Amount: group.Sum(one => one.Amount))
            )
            .Where(one => one.Amount != 0)
            .ToList();
        var debits = pairs
            .GroupBy(one => one.DebitAccount, StringComparer.Ordinal)
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => new Line(one.Key, one.Sum(pair => pair.Amount), 0));
        var credits = pairs
            .GroupBy(one => one.CreditAccount, StringComparer.Ordinal)
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => new Line(one.Key, 0, one.Sum(pair => pair.Amount)));
        return new Voucher(fact.Event, fact.CompanyId, fact.Document, fact.Date, fact.Currency, [.. debits, .. credits]);
    }

    private static (string Debit, string Credit) AccountsFor(FactLine line, Rule rule) =>
        line.TakesBack ? (rule.CreditAccount, rule.DebitAccount) : (rule.DebitAccount, rule.CreditAccount);

    private static Rule RuleFor(Guid company, FactLine line, Dictionary<(Guid, string, string, string), Rule> rules)
    {
        var (kind, reason) = (line.ItemKind, line.Reason);
        foreach (var (itemKind, why) in ((string, string)[])[(kind, reason), (kind, ""), ("", reason), ("", "")])
            if (rules.TryGetValue((company, line.EventType, itemKind, why), out var rule))
                return rule;
        throw new Refused(
            "accounting.rule_missing",
            $"No posting rule fits {line.EventType} of {kind} items with the reason '{reason}'. Add one, then try again."
        );
    }
}

/// <summary>Vouchers of a company got their numbers, from the first to the last.</summary>
[EventType("VouchersPosted", 1)]
public sealed record VouchersPosted(Guid CompanyId, int Year, long First, long Last) : IEvent
{
    public string Aggregate => $"{CompanyId:N}/vouchers";
    long IEvent.Counts => Last - First + 1;
}
