using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>Adds an organisation to the installation. From then on the wall stands around everything of its own.</summary>
public static class CreateTenant
{
    public static async Task<int> Run(Dbs dbs, string name)
    {
        int tenant;
        await using (var numbers = dbs.Open(DbScope.NoTenant))
        {
            tenant = await numbers.One<int>($"select nextval('company.tenant_number')::int");
            await numbers.Commit();
        }
        await using var db = dbs.Open(DbScope.ForTenant(tenant));
        await db.Execute($"insert into company.tenant (tenant_id, name) values ({tenant}, {name})");
        await db.Commit();
        return tenant;
    }

    public static Task<string> NameOf(Db db) => db.One<string>($"select name from company.tenant");
}
