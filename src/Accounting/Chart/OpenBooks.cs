using Millrace.Catalog;
using Millrace.Kernel;

namespace Millrace.Accounting;

/// <summary>Gives a company its chart of accounts and posting rules from a country's template.</summary>
public static class OpenBooks
{
    /// <summary>Goods received whose invoice has not come yet.</summary>
    public const string ReceiptClearing = "329.01";

    private static readonly (string Kind, string Account)[] StockAccounts =
    [
        (ItemKind.Raw, "150"),
        (ItemKind.Semi, "151"),
        (ItemKind.Finished, "152"),
        (ItemKind.Goods, "153"),
        (ItemKind.Other, "157"),
    ];

    private sealed record Rule(string Event, string Kind, string Reason, string Debit, string Credit);

    public static async Task Run(Db db, Guid companyId)
    {
        var chart = ChartTemplate.Turkish;
        var inventory = StockAccounts.Select(one => one.Account).ToArray();
        await db.Execute(
            $"""
            insert into accounting.account (tenant_id, company_id, account, parent, name_tr, name_en, type, contra, inventory)
            select {db.Scope.Tenant}, {companyId}, account, nullif(parent, ''), name_tr, name_en, type, contra,
                account = any ({inventory})
            from unnest({chart.Select(one => one.Number).ToArray()}, {chart.Select(one => one.Parent).ToArray()},
                {chart.Select(one => one.NameTr).ToArray()}, {chart.Select(one => one.NameEn).ToArray()},
                {chart.Select(one => one.Type).ToArray()}, {chart.Select(one => one.Contra).ToArray()})
                as c (account, parent, name_tr, name_en, type, contra)
            """
        );
        var rules = Rules().ToList();
        await db.Execute(
            $"""
            insert into accounting.posting_rule (tenant_id, company_id, rule_id, event_type, item_kind, reason,
                debit_account, credit_account)
            select {db.Scope.Tenant}, {companyId}, p.*
            from unnest({rules.Select(_ => Guid.CreateVersion7()).ToArray()}, {rules.Select(one => one.Event).ToArray()},
                {rules.Select(one => one.Kind).ToArray()}, {rules.Select(one => one.Reason).ToArray()},
                {rules.Select(one => one.Debit).ToArray()}, {rules.Select(one => one.Credit).ToArray()}) as p
            """
        );
    }

    // Receipts against the clearing account; what is consumed goes to production cost, what is sold to cost of sales, scrap to
    // other losses. What a count finds too little or too much stays in 197 and 397 until its cause is known; other corrections
    // are extraordinary losses and gains. What a company begins with is capital until its opening voucher says of what kind.
    private static IEnumerable<Rule> Rules()
    {
        foreach (var (kind, account) in StockAccounts)
        {
            yield return new Rule("StockReceived", kind, "", account, ReceiptClearing);
            yield return new Rule("StockIssued", kind, "consumption", kind == ItemKind.Raw ? "710" : "730", account);
            yield return new Rule(
                "StockIssued",
                kind,
                "sale",
                kind is ItemKind.Finished or ItemKind.Semi ? "620" : "621",
                account
            );
            yield return new Rule("StockIssued", kind, "scrap", "689", account);
            yield return new Rule(PostVouchers.Gained, kind, "", account, "679");
            yield return new Rule(PostVouchers.Gained, kind, "count", account, "397");
            yield return new Rule(PostVouchers.Gained, kind, "opening", account, "500");
            yield return new Rule(PostVouchers.Lost, kind, "opening", "500", account);
            yield return new Rule(PostVouchers.Lost, kind, "", "689", account);
            yield return new Rule(PostVouchers.Lost, kind, "count", "197", account);
        }
    }
}
