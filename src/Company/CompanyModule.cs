using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>Tenants, companies, their calendars and their number series.</summary>
public static class CompanyModule
{
    public static void AddCompany(this IServiceCollection services)
    {
        services.AddValidation();
        services.DeclarePermission(CompanyPermissions.Read, "See companies and their periods");
        services.DeclarePermission(CompanyPermissions.ClosePeriod, "Close and open periods");
        services.DeclarePermission(CompanyPermissions.WriteLetterhead, "Change address, tax id and logo of companies");
        services.DeclarePermission(CompanyPermissions.Mail, "See and change mail settings of companies");
        services.DeclareDocument(new DocumentType(Letterheads.Document, CompanyPermissions.Read, Letterheads.Card));
        services.DeclareAudited(CompanyPermissions.Mail, "kernel.mail_account");
        services.DeclareAudited(
            CompanyPermissions.Read,
            "company.tenant",
            "company.company",
            "company.period",
            "company.letterhead",
            "company.site"
        );
        services.DeclareStart(ShowStart.OpenPeriods);
        services.DeclarePermission(CompanyPermissions.WriteSites, "Create and retire sites");
    }

    public static void MapCompany(this IEndpointRouteBuilder api)
    {
        ListCompanies.Map(api);
        ShowStart.Map(api);
        ListPeriods.Map(api);
        ClosePeriod.Map(api);
        OpenYear.Map(api);
        Letterheads.Map(api);
        MailSettingsOfCompany.Map(api);
        Sites.Map(api);
    }
}

public static class CompanyPermissions
{
    public const string Read = "company.read";
    public const string ClosePeriod = "company.period.close";
    public const string WriteLetterhead = "company.letterhead.write";
    public const string Mail = "company.mail.manage";
    public const string WriteSites = "company.site.write";
}
