using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// Chains the audit of each tenant: a block holds what became visible since the last look and the hash of the block before,
/// so that a row that is changed or missing later is found. One process at a time; the look's number keeps a second one out.
/// </summary>
public sealed class AuditChain(
    Databases databases,
    LogSettings settings,
    DatabaseOutage outage,
    TimeProvider clock,
    ILogger<AuditChain> log
) : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(5);

    // Where much is written: hashing it bit by bit holds up nobody for long.
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(100);
    private const int Much = 200;

    /// <summary>Rows of one look, so that it ends in time however much was written meanwhile.</summary>
    private const int Most = 100_000;
    private static readonly string Fresh = SqlFile.In<AuditChain>("Kernel/Audit/fresh.sql").With().ToCommand().CommandText;
    private readonly Leases _leases = new(databases.Relay, settings);

    private sealed record Piece(
        int TenantId,
        DateOnly[] Days,
        long[] Ids,
        byte[] Digest,
        long Look,
        string Snapshot,
        DateOnly Day
    );

    private sealed record Block(long Number, byte[] Hash);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                if (await _leases.Take("audit", stoppingToken) is { } lease)
                    await Lead(lease, stoppingToken);
                else
                    await Task.Delay(settings.Lease / 2, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) when (lost is NpgsqlException or TimeoutException)
            {
                outage.Lost(log, "The audit is not chained", lost);
                await Task.Delay(Seldom, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
    }

    private async Task Lead(Lease lease, CancellationToken stop)
    {
        try
        {
            var most = settings.Lease / 3;
            while (await _leases.Keep(lease, stop))
            {
                var pause = await Once(databases, Most, stop) switch
                {
                    0 => Seldom,
                    < Much => Often,
                    _ => AtOnce,
                };
                await Task.Delay(pause < most ? pause : most, clock, stop);
            }
        }
        finally
        {
            await _leases.GiveBack(lease);
        }
    }

    /// <summary>One look; false when nothing was new.</summary>
    internal async Task<bool> Once(int most, CancellationToken stop) => await Once(databases, most, stop) > 0;

    /// <summary>Chains what is waiting and comes back, for a database that nobody else uses.</summary>
    internal static async Task CatchUp(Databases databases, LogSettings settings, CancellationToken stop)
    {
        var leases = new Leases(databases.Relay, settings);
        var lease = await leases.Take("audit", stop) ?? throw new Busy("Another process chains the audit. Stop it first.");
        while (await Once(databases, Most, stop) > 0) { }
        await leases.GiveBack(lease);
    }

    // How many rows it chained.
    private static async Task<int> Once(Databases databases, int most, CancellationToken stop)
    {
        await using var connection = await databases.Relay.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var pieces = await Read<Piece>(connection, Fresh, stop, new NpgsqlParameter<int> { TypedValue = most });
        if (pieces.Count == 0)
            return 0;
        await Write(
            connection,
            "insert into kernel.audit_look (look, snapshot, day) values ($1, $2::pg_snapshot, $3)",
            [
                new NpgsqlParameter<long> { TypedValue = pieces[0].Look + 1 },
                new NpgsqlParameter<string> { TypedValue = pieces[0].Snapshot },
                new NpgsqlParameter<DateOnly> { TypedValue = pieces[0].Day },
            ],
            stop
        );
        foreach (var tenant in pieces.GroupBy(piece => piece.TenantId))
        {
            var last = await Last(connection, tenant.Key, stop);
            foreach (var piece in tenant)
            {
                last = new Block(last.Number + 1, Next(last, piece.Digest));
                await Write(
                    connection,
                    "insert into kernel.audit_block (tenant_id, block, days, ids, digest, hash) values ($1, $2, $3, $4, $5, $6)",
                    [
                        new NpgsqlParameter<int> { TypedValue = tenant.Key },
                        new NpgsqlParameter<long> { TypedValue = last.Number },
                        new NpgsqlParameter<DateOnly[]> { TypedValue = piece.Days },
                        new NpgsqlParameter<long[]> { TypedValue = piece.Ids },
                        new NpgsqlParameter<byte[]> { TypedValue = piece.Digest },
                        new NpgsqlParameter<byte[]> { TypedValue = last.Hash },
                    ],
                    stop
                );
            }
        }
        await transaction.CommitAsync(stop);
        return pieces.Sum(piece => piece.Ids.Length);
    }

    private static async Task<Block> Last(NpgsqlConnection connection, int tenant, CancellationToken stop) =>
        await Read<Block>(
            connection,
            "select block as number, hash from kernel.audit_block where tenant_id = $1 order by block desc limit 1",
            stop,
            new NpgsqlParameter<int> { TypedValue = tenant }
        )
            is [var last]
            ? last
            : new Block(0, []);

    // As bin/verify reckons it: the hash before, the number of the block, the digest of its rows.
    private static byte[] Next(Block last, byte[] digest)
    {
        var number = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, last.Number + 1);
        return SHA256.HashData([.. last.Hash, .. number, .. digest]);
    }

    private static async Task<List<T>> Read<T>(
        NpgsqlConnection connection,
        string statement,
        CancellationToken stop,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = new NpgsqlCommand(statement, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var read = Rows.Reader<T>(reader);
        var rows = new List<T>();
        while (await reader.ReadAsync(stop))
            rows.Add(read(reader));
        return rows;
    }

    private static async Task Write(
        NpgsqlConnection connection,
        string statement,
        NpgsqlParameter[] parameters,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(statement, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(stop);
    }
}
