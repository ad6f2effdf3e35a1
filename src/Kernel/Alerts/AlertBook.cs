using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>An alert was opened, or closed.</summary>
[EventType("AlertChanged", 1)]
public sealed record AlertChanged(string Name, string Severity, decimal Figure, bool IsOpen) : IEvent
{
    public string Aggregate => $"alert/{Name}";
}

/// <summary>
/// Judges every sample: an alert opens when its figure has been bad for its time, and closes with the first good one. Both are
/// events in every tenant, so that whoever may see them has them on the screen at once.
/// </summary>
internal sealed class AlertBook(Databases databases, Dbs dbs, ObserveSettings settings, ILogger<AlertBook> log)
{
    private const int MostTenants = 1000;
    private readonly Dictionary<string, DateTimeOffset> _badSince = new(StringComparer.Ordinal);

    internal async Task Judge(Figures sample)
    {
        var open = await Open();
        foreach (var rule in AlertRules.All)
        {
            var figure = rule.Figure(sample);
            if (figure is not { } bad || rule.Of(bad) == Level.Green)
            {
                _badSince.Remove(rule.Name);
                if (open.Contains(rule.Name))
                    await Change(rule, figure ?? 0, isOpen: false);
                continue;
            }
            if (!_badSince.TryGetValue(rule.Name, out var since))
                _badSince[rule.Name] = since = sample.At;
            if (sample.At - since >= rule.For && !open.Contains(rule.Name))
                await Change(rule, bad, isOpen: true);
        }
    }

    private async Task<HashSet<string>> Open()
    {
        await using var db = dbs.Open(DbScope.NoTenant);
        var names = await db.Query<string>($"select name from kernel.alert where closed_at is null limit 1000");
        await db.Commit();
        return [.. names];
    }

    private async Task Change(AlertRule rule, decimal figure, bool isOpen)
    {
        // Of the installation, as its mails are: the alert and the mails about it are one commit.
        await using (var db = dbs.Open(DbScope.ForTenant(0)))
        {
            foreach (var to in settings.MailTo)
                await Mails.Queue(db, AlertMail.About(rule, figure, isOpen, to, settings.MailLanguage));
            if (isOpen)
                await db.Execute(
                    $"""
                    insert into kernel.alert (name, severity, figure) values ({rule.Name}, {rule.Severity}, {figure})
                    on conflict (name) where closed_at is null do nothing
                    """
                );
            else
                await db.Execute(
                    $"update kernel.alert set closed_at = clock_timestamp() where name = {rule.Name} and closed_at is null"
                );
            await db.Commit();
        }
        if (isOpen)
            log.LogWarning("Alert {Name} ({Figure} {Unit}): {Sentence}", rule.Name, figure, rule.Unit, rule.English);
        else
            log.LogWarning("Alert {Name} is over.", rule.Name);
        foreach (var tenant in await Tenants())
        {
            await using var db = dbs.Open(DbScope.ForTenant(tenant));
            await db.Publish(new AlertChanged(rule.Name, rule.Severity, figure, isOpen));
            await db.Commit();
        }
    }

    private async Task<List<int>> Tenants()
    {
        await using var command = databases.Owner.CreateCommand(
            "select tenant_id from company.tenant order by tenant_id limit $1"
        );
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostTenants });
        await using var reader = await command.ExecuteReaderAsync();
        var tenants = new List<int>();
        while (await reader.ReadAsync())
            tenants.Add(reader.GetInt32(0));
        return tenants;
    }
}
