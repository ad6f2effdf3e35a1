using Microsoft.AspNetCore.Connections;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Host;

/// <summary>What a person at the prompt can do about a failure; nothing for faults of the program, which stay loud.</summary>
internal static class Advice
{
    internal static string? For(Exception failed) =>
        failed switch
        {
            IOException { InnerException: AddressInUseException } =>
                $"{Serve.Url()} is in use by another program. Stop it, or choose another port: PORT=8081 bin/up",
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
                $"The database refuses: {denied.MessageText}. The user in MILLRACE_DATABASE must be allowed to create roles.",
            PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
                "The database is in use by something that holds a lock. End it, or try again in a moment.",
            PostgresException => null,
            NpgsqlException lost =>
                $"The database does not answer: {lost.Message}. Is it running, and does MILLRACE_DATABASE name it rightly?",
            BadKeys bad => bad.Message,
            ToolFailed tool => tool.Message,
            HttpRequestException => $"Nothing answers at {Serve.Url()}. Start it with bin/up first.",
            _ => null,
        };
}
