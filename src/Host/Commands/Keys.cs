using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>
/// Rotating the keys of secrets: a new key, a restart of every process, then sealing again; after that the old one may go.
/// </summary>
internal static class Keys
{
    internal static async Task<int> New()
    {
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        if (Environment.GetEnvironmentVariable(SecretKeys.FileVariable) is not { Length: > 0 } file)
        {
            Terminal.Error($"{SecretKeys.Variable} is set: add a key behind the others there.");
            return 1;
        }
        _ = SecretKeys.Read(file);
        var id = SecretKeys.Append(file);
        Terminal.Say($"Added the key {id} to {file}. Start every process again, then: millrace keys reseal");
        return 0;
    }

    internal static async Task<int> Reseal()
    {
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddModules(database.Connection, new LogSettings());
        await using var provider = services.BuildServiceProvider();
        var count = await provider.GetRequiredService<SealAgain>().Run(Terminal.Say);
        Terminal.Say($"{count} secrets were sealed again.");
        return 0;
    }
}
