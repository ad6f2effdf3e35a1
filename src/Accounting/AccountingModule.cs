using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Accounting;

/// <summary>The books: they follow by themselves what the modules below have published.</summary>
public static class AccountingModule
{
    public static void AddAccounting(this IServiceCollection services)
    {
        services.AddValidation();
        services.DeclarePermission(AccountingPermissions.Read, "See vouchers, accounts and the trial balance");
        services.DeclarePermission(AccountingPermissions.WriteRules, "Change posting rules");
        services.DeclarePermission(AccountingPermissions.Send, "Send vouchers by mail");
        services.AddMailTemplate(PrintVoucher.MailTemplate);
        services.DeclareEvent<VouchersPosted>(seenWith: AccountingPermissions.Read);
        services.DeclareAudited(AccountingPermissions.Read, "accounting.account", "accounting.posting_rule");
        services.DeclareList(ListVouchers.List, AccountingPermissions.Read);
        services.DeclareStart(ListVouchers.PostedToday);
        services.DeclareDocument(new DocumentType("voucher", AccountingPermissions.Read, ListVouchers.Card));
        services.AddConsumer(
            new Consumer(
                PostVouchers.Name,
                [typeof(StockReceived), typeof(StockIssued), typeof(StockAdjusted), typeof(StockReversed)],
                PostVouchers.Run
            )
        );
        services.DeclareInvariants(
            Holds("trial_balance_is_zero"),
            Holds("vouchers_balance"),
            Holds("vouchers_without_gaps"),
            Holds("one_voucher_per_event_and_rule"),
            Holds("stock_value_equals_inventory_accounts")
        );
    }

    public static void MapAccounting(this IEndpointRouteBuilder api)
    {
        ListAccounts.Map(api);
        PostingRules.Map(api);
        ListVouchers.Map(api);
        PrintVoucher.Map(api);
        TrialBalance.Map(api);
    }

    private static Invariant Holds(string name) =>
        new($"accounting.{name}", SqlFile.In<Marker>($"Accounting/Verification/{name}.sql"));

    private sealed class Marker;
}

public static class AccountingPermissions
{
    public const string Read = "accounting.voucher.read";
    public const string Send = "accounting.voucher.send";
    public const string WriteRules = "accounting.rule.write";
}
