namespace Millrace.Host.Demo;

/// <summary>How one gets into the demo. Only the demo has passwords that stand in the source.</summary>
internal static class SignIns
{
    internal const string Password = "millrace-demo";
    internal const string ClientSecret = "demo-secret-of-the-scanner-gateway";

    internal static void Print(IReadOnlyList<string> clients)
    {
        Terminal.Say(
            $"""

              Anadolu Pompa (pump maker)      ayse@pompa.example      everything
                                              mehmet@pompa.example    warehouse
                                              zeynep@pompa.example    accounting
              Ege Zeytin (olive oil)          elif@zeytin.example     everything
              password                        {Password}

            """
        );
        foreach (var client in clients)
            Terminal.Say(
                $"  API client                      client_id={client} client_secret={ClientSecret} at POST /oauth/token"
            );
        Terminal.Say("");
    }
}
