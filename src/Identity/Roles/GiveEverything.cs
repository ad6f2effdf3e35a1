using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Identity;

/// <summary>At its start the program gives the roles that have everything what this release has brought.</summary>
internal sealed class GiveEverything(Dbs dbs, IEnumerable<Permission> declared, ILogger<GiveEverything> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = dbs.Open(DbScope.NoTenant with { Request = "start of the program" });
            var given = await db.One<int>($"select identity.give_everything({declared.Select(one => one.Name).ToArray()})");
            await db.Commit();
            if (given > 0)
                log.LogInformation("{Count} new permissions were given to roles that have everything.", given);
        }
        catch (NpgsqlException failed)
        {
            // Whoever waits for the database or its migration is told so by /health/ready; the next start gives them.
            log.LogWarning("New permissions were not given to the roles that have everything: {Reason}", failed.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
