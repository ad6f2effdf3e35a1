using Millrace.Kernel;

namespace Millrace.CrashHost;

/// <summary>Writes down what it handled, in order; fails as the event says, as long as it is broken.</summary>
public sealed class ProbeConsumer
{
    public const string Name = "test.probe";

    public bool IsBroken { get; set; }

    /// <summary>Something that happens elsewhere while an event is being handled.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public async Task Run(Db db, IReadOnlyList<LoggedEvent> events)
    {
        foreach (var one in events)
        {
            var probed = one.Read<Probed>();
            await db.Execute(
                $"insert into public.probed (tenant_id, pos, note) values ({one.Tenant}, {one.Position}, {probed.Note})"
            );
            if (Meanwhile is not null)
                await Meanwhile();
            if (IsBroken)
                await Fail(db, probed);
        }
    }

    // The effect is written already, so that each failure also proves that it is taken back.
    private static async Task Fail(Db db, Probed probed)
    {
        switch (probed.Does)
        {
            case Probed.Crashes:
                Environment.FailFast($"The handler of '{probed.Note}' ends the process, as its test asks.");
                break;
            case Probed.Throws:
                throw new InvalidOperationException($"The handler of '{probed.Note}' throws.");
            case Probed.IsCancelled:
                throw new TaskCanceledException($"The handler of '{probed.Note}' gave up waiting.");
            case Probed.TakesLong:
                await db.Query<string>($"select pg_sleep(0.7)::text");
                break;
            case Probed.TimesOut:
                await db.Execute($"set local statement_timeout = '100ms'");
                await db.Query<string>($"select pg_sleep(60)::text");
                break;
            default:
                break;
        }
    }
}
