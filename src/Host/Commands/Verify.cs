using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>Checks every invariant in one snapshot of the database; exit 1 and the differences when one fails.</summary>
internal static class Verify
{
    internal static async Task<int> Run()
    {
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        var services = new ServiceCollection();
        services.AddModules(database.Connection, new LogSettings());
        await using var provider = services.BuildServiceProvider();
        var violations = await provider.GetRequiredService<Verifier>().Run(Terminal.Say);
        Terminal.Error(violations);
        Terminal.Say(violations.Count == 0 ? "Every invariant holds." : $"{violations.Count} violations.");
        return violations.Count == 0 ? 0 : 1;
    }
}
