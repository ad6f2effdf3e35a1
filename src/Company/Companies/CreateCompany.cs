using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>Adds a legal entity with its currency, its time zone and a calendar of three years around today.</summary>
public static class CreateCompany
{
    public sealed record Request(string Code, string Name, string Country, string Currency, int MinorDigits, string TimeZone);

    public static async Task<Guid> Run(Db db, Request request, TimeProvider clock)
    {
        var id = Guid.CreateVersion7();
        await db.Execute(
            $"""
            insert into company.company (tenant_id, company_id, code, name, country, currency, minor_digits, time_zone)
            values ({db.Scope.Tenant}, {id}, {request.Code}, {request.Name}, {request.Country}, {request.Currency},
                {(short)request.MinorDigits}, {request.TimeZone})
            """
        );
        var year = CompanyClock.Today(request.TimeZone, clock).Year;
        for (var each = year - 1; each <= year + 1; each++)
            await OpenYear.Run(db, id, each);
        return id;
    }
}
