using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Accounting;

/// <summary>Which accounts the next vouchers go to. A changed row counts from the next voucher; posted ones stay.</summary>
public static class PostingRules
{
    public sealed record Row(
        Guid Id,
        string EventType,
        string ItemKind,
        string Reason,
        string DebitAccount,
        string CreditAccount,
        int Version
    );

    public sealed record Request([Required, Text(20)] string DebitAccount, [Required, Text(20)] string CreditAccount);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/companies/{companyId:guid}/posting-rules", List)
            .Needs(AccountingPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("Posting rules");
        api.MapPut("/companies/{companyId:guid}/posting-rules/{id:guid}", Change)
            .Needs(AccountingPermissions.WriteRules)
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change the accounts of a posting rule");
    }

    private static async Task<Page<Row>> List(Db db, Guid companyId)
    {
        await ListCompanies.One(db, companyId);
        return new Page<Row>(
            await db.Query<Row>(
                $"""
                select rule_id as id, event_type, item_kind, reason, debit_account, credit_account, version
                from accounting.posting_rule where company_id = {companyId}
                order by event_type, reason, item_kind limit 500
                """
            ),
            null
        );
    }

    private static async Task<Row> Change(HttpContext http, Db db, Guid companyId, Guid id, Request request)
    {
        var expected = Versions.Expected(http);
        if (request.DebitAccount == request.CreditAccount)
            throw Invalid.Field("creditAccount", "Debit and credit must be two accounts.");
        string[] wanted = [request.DebitAccount, request.CreditAccount];
        var accounts = await db.Query<string>(
            $"select account from accounting.account where company_id = {companyId} and account = any ({wanted})"
        );
        if (
            new[] { request.DebitAccount, request.CreditAccount }.Except(accounts, StringComparer.Ordinal).FirstOrDefault() is
            { } unknown
        )
            throw new Refused(
                "account.unknown",
                $"The chart of accounts has no account {unknown}. Choose one from the chart.",
                new { Account = unknown }
            );
        await KeepStockAccount(db, companyId, id, request);
        var changed = await db.Find<Row>(
            $"""
            update accounting.posting_rule
            set debit_account = {request.DebitAccount}, credit_account = {request.CreditAccount}, version = version + 1
            where company_id = {companyId} and rule_id = {id} and version = {expected}
            returning rule_id as id, event_type, item_kind, reason, debit_account, credit_account, version
            """
        );
        if (changed is not null)
            return changed;
        if (
            await db.Find<Guid?>($"select rule_id from accounting.posting_rule where company_id = {companyId} and rule_id = {id}")
            is null
        )
            throw Refused.Missing("posting rule", id);
        throw Versions.Changed("posting rule");
    }

    // The value of the stock must stay in inventory accounts, or the books would no longer tie out with the warehouse.
    private static async Task KeepStockAccount(Db db, Guid companyId, Guid id, Request request)
    {
        var lost = await db.Find<string>(
            $"""
            select case when event_type in ('StockReceived', 'StockGained')
                then {request.DebitAccount} else {request.CreditAccount} end
            from accounting.posting_rule r
            where company_id = {companyId} and rule_id = {id} and not exists (
                select from accounting.account a where a.company_id = r.company_id and a.inventory
                    and a.account = case when event_type in ('StockReceived', 'StockGained')
                        then {request.DebitAccount} else {request.CreditAccount} end)
            """
        );
        if (lost is not null)
            throw new Refused(
                "accounting.not_an_inventory_account",
                $"The stock side of this rule must be an inventory account; {lost} is none. "
                    + "Choose one of 150, 151, 152, 153 or 157.",
                new { Account = lost }
            );
    }
}
