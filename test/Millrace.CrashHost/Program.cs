using System.Globalization;
using Microsoft.Extensions.Hosting;
using Millrace.CrashHost;
using Millrace.Kernel;

// Millrace.CrashHost CONNECTION LEASE_SECONDS broken|mended: works until it is killed, or until a handler ends it.
if (args is not [var connection, var lease, ("broken" or "mended") and var state])
    return 2;
var settings = new LogSettings { Lease = TimeSpan.FromSeconds(double.Parse(lease, CultureInfo.InvariantCulture)) };
using var host = ProbeProgram.Build(connection, settings, new ProbeConsumer { IsBroken = state == "broken" });
await host.RunAsync();
return 0;
