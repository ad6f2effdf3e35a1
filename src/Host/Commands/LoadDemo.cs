using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>Loads the demo companies once; a database that has them is left as it is.</summary>
internal static class LoadDemo
{
    internal static async Task<int> Run()
    {
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        await new Migrator(database.Connection, Modules.All).Run(name => Terminal.Say($"ran {name}"));
        Demo.SignIns.Print(await Into(database.Connection, Terminal.Say));
        return 0;
    }

    internal static async Task<IReadOnlyList<string>> Into(string connection, Action<string> progress)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddModules(connection, new LogSettings());
        await using var provider = services.BuildServiceProvider();
        var demo = new Demo.DemoLoader(provider, progress);
        await demo.Run();
        return await demo.Clients();
    }
}
