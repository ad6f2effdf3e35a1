using Microsoft.Extensions.DependencyInjection;
using Millrace.Host;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>What bin/verify says about a database.</summary>
public static class EveryInvariant
{
    public static async Task Holds(string connection)
    {
        var services = new ServiceCollection();
        services.AddModules(connection, new LogSettings());
        await using var provider = services.BuildServiceProvider();
        Assert.Empty(await provider.GetRequiredService<Verifier>().Run());
    }
}
