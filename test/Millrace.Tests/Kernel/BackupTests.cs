using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Host;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>Backups that are restored: to a moment, from damaged files, as a drill, and as a copy on another server.</summary>
public sealed class BackupTests(Server server, BackedUp backed) : IClassFixture<BackedUp>
{
    [Fact, Case("L7")]
    public async Task The_moment_before_a_mistake_comes_back_and_positions_go_on_behind_a_gap()
    {
        var place = Server.NewDirectory();
        var restored = await backed.Restore(place, backed.Moment);

        Assert.Equal(12m, await restored.Superuser<decimal>("select on_hand from inventory.balance"));
        Assert.Equal(
            SecretKeys.Text()!.Trim(),
            (await File.ReadAllTextAsync(place + "/keys", TestContext.Current.CancellationToken)).Trim()
        );
        await Holds(restored);

        // The receipt of the 7 had no position yet; it gets one that nobody has seen on another event.
        Assert.True(await restored.Superuser<long>("select max(pos) from kernel.event_pos") > 1_000_000_000);
        await restored.PostVouchers();
        await using var app = await App.Start(restored.ConnectionString);
        using var machine = await app.Authorize(await backed.FactoryIn(restored).AddClient("machine"));
        await using var screen = await LiveScreen.Open(app.Url, machine, backed.LastSeen);
        Assert.True(screen.Batches[0].Resync);
        await backed.FactoryIn(restored).Receive(backed.Factory.Item, 1);
        await screen.Has(1);
        await restored.Databases.DisposeAsync();
    }

    [Fact, Case("L7")]
    public async Task A_restore_in_the_middle_of_traffic_takes_what_came_after_the_moment_and_nothing_else()
    {
        await using var own = new BackedUp();
        await own.InitializeAsync();
        await using var program = await ProgramProcess.Serve(own.Database.ConnectionString);
        using var machine = await ApiClient.Authorize(program.Url, await own.Factory.AddClient("machine"));
        foreach (var number in Enumerable.Range(0, 5))
            Assert.Equal(HttpStatusCode.Created, await Receive($"before {number}", Guid.CreateVersion7()));
        var moment = new DateTimeOffset(await own.Database.Superuser<DateTime>("select clock_timestamp()"));
        foreach (var number in Enumerable.Range(0, 5))
            Assert.Equal(HttpStatusCode.Created, await Receive($"after {number}", Guid.CreateVersion7()));

        // Callers go on the whole time and repeat with the same key what was not answered with success.
        var restoring = own.DieAndReturn(moment);
        var returned = new List<string>();
        for (var number = 0; returned.Count < 5; number++)
        {
            var (reference, key, isBack) = ($"during {number}", Guid.CreateVersion7(), restoring.IsCompletedSuccessfully);
            await Eventually.True(async () => await Receive(reference, key) == HttpStatusCode.Created, reference, seconds: 30);
            if (isBack)
                returned.Add(reference);
        }
        await restoring;
        await own.Database.PostVouchers();

        Assert.Equal(0, await Count("like 'after %'"));
        Assert.Equal(5, await Count("like 'before %'"));
        Assert.Equal(5, await Count($"in ('{string.Join("', '", returned)}')"));
        Assert.Equal(1, await own.Database.Superuser<long>("select count(*) from kernel.log_break"));
        await EveryInvariant.Holds(own.Database.ConnectionString);

        async Task<HttpStatusCode> Receive(string reference, Guid key)
        {
            var goods = new
            {
                WarehouseId = own.Factory.Warehouse,
                Date = Factory.Today,
                Reference = reference,
                Lines = new[] { new { ItemId = own.Factory.Item, Quantity = 1m } },
            };
            return (await machine.Post("/api/v1/receipts", goods, key)).Status;
        }

        Task<long> Count(string which) =>
            own.Database.Superuser<long>($"select count(*) from inventory.movement where reference {which}");
    }

    [Fact]
    public async Task The_latest_state_comes_back_too()
    {
        var restored = await backed.Restore(Server.NewDirectory(), to: null);

        Assert.Equal(1012m, await restored.Superuser<decimal>("select on_hand from inventory.balance"));
        await Holds(restored);
    }

    [Theory]
    [InlineData("another key", "cannot be opened")]
    [InlineData("a copy cut off", "cannot be opened")]
    [InlineData("a hole in the log", "cannot be read")]
    [InlineData("a moment to come", "log ends before")]
    [InlineData("a moment too early", "no moment before it")]
    public async Task What_cannot_be_restored_is_said_and_the_old_files_stay(string damage, string sentence)
    {
        var copy = backed.Copy();
        var to = damage switch
        {
            "a moment to come" => backed.Moment.AddYears(1),
            "a moment too early" => backed.Moment.AddYears(-1),
            _ => (DateTimeOffset?)null,
        };
        switch (damage)
        {
            case "another key":
                File.Delete(copy.KeyFile);
                await Shell.Run("umask 077 && age-keygen -o \"$1\"", [copy.KeyFile], TestContext.Current.CancellationToken);
                break;
            case "a copy cut off":
                Cut(Directory.EnumerateFiles(copy.Folder + "/base", "base.tar.zst.age", SearchOption.AllDirectories).Single());
                break;
            case "a hole in the log":
                Cut(Directory.EnumerateFiles(copy.Folder + "/wal").Order(StringComparer.Ordinal).Last());
                break;
        }
        var place = Server.NewDirectory();
        Directory.CreateDirectory(place + "/pg");
        await File.WriteAllTextAsync(place + "/pg/mine", "whole", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<ToolFailed>(() => backed.Restore(place, to, copy));

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.Equal("whole", await File.ReadAllTextAsync(place + "/pg/mine", TestContext.Current.CancellationToken));
        Assert.Equal([place + "/pg"], Directory.EnumerateDirectories(place));
    }

    [Fact]
    public async Task A_drill_proves_the_backup_and_a_failed_one_is_an_alert()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddModules(backed.Database.ConnectionString, new LogSettings());
        services.AddBackups(backed.Settings);
        await using var provider = services.BuildServiceProvider();
        var drill = provider.GetRequiredService<Drill>();

        var result = await drill.Run(stop: TestContext.Current.CancellationToken);

        Assert.Empty(result.Violations);
        Assert.True(result.Reached >= backed.Moment);
        var state = await State();
        Assert.True(state is { Failed: 0, LastBackupAt: not null, LastDrillAt: not null, ArchiveStandsSeconds: 0 }, $"{state}");

        var hidden = backed.Settings.KeyFile + ".hidden";
        File.Move(backed.Settings.KeyFile, hidden);
        try
        {
            await Assert.ThrowsAsync<ToolFailed>(() => drill.Run(stop: TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Move(hidden, backed.Settings.KeyFile);
        }
        Assert.Equal(1, (await State()).Failed);
        Assert.False(Directory.Exists(backed.Settings.Directory + "/drill"));
    }

    [Fact, Case("L7")]
    public async Task Rows_copied_to_another_server_are_served_when_a_person_has_said_so()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(5);
        await open.Database.PostVouchers();
        await open.Stock(7); // without a position when it is copied
        await backed.Database.Superuser("create database copy");
        var copy = backed.NewDatabase("copy");
        using (
            var dump = Process.Start(
                "/bin/bash",
                [
                    "-o",
                    "pipefail",
                    "-c",
                    "pg_dump -d \"$1\" | psql -q -o /dev/null -v ON_ERROR_STOP=1 -d \"$2\"",
                    "copy",
                    Uri(open.Database),
                    Uri(copy),
                ]
            )
        )
        {
            await dump.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, dump.ExitCode);
        }

        var (exit, text) = await ProgramProcess.Run("serve", copy.ConnectionString);
        Assert.Equal(1, exit);
        Assert.Contains("millrace rebase", text, StringComparison.Ordinal);

        (exit, text) = await ProgramProcess.Run("rebase", copy.ConnectionString);
        Assert.True(exit == 0, text);
        await copy.PostVouchers();
        await using (var app = await App.Start(copy.ConnectionString))
        {
            using var machine = await app.Authorize(await (open.Factory with { Dbs = copy.Dbs }).AddClient("there"));
            Assert.Equal(HttpStatusCode.Created, (await machine.Post("/api/v1/receipts", open.Goods(1))).Status);
        }
        await copy.PostVouchers();
        Assert.Equal(3, await copy.Superuser<long>("select count(*) from accounting.voucher"));
        await AuditTests.Chain(copy);
        await EveryInvariant.Holds(copy.ConnectionString);
        await copy.Databases.DisposeAsync();
    }

    [Fact]
    public void The_newest_backups_are_kept_and_the_log_from_the_oldest_of_them()
    {
        var place = Directory.CreateTempSubdirectory("mr-keep").FullName;
        var folder = new BackupFolder(place);
        Directory.CreateDirectory(folder.Wal);
        Directory.CreateDirectory(folder.Bases);
        string[] logs = [.. Enumerable.Range(1, 9).Select(number => $"0000000100000000000000{number:X2}")];
        foreach (var log in logs)
            File.WriteAllText(Path.Combine(folder.Wal, log + ".0123456789abcdef.zst.age"), "");
        File.WriteAllText(Path.Combine(folder.Wal, "00000002.history.0123456789abcdef.zst.age"), "");
        foreach (var day in (int[])[1, 2, 3])
        {
            var at = new DateTimeOffset(2026, 11, day, 0, 0, 0, TimeSpan.Zero);
            folder.Finish(folder.Begin(), new BaseBackup(at, at, "millrace", "15", logs[2 * day], 0, 0));
        }

        Assert.Equal(1, folder.Prune(keep: 2));

        Assert.Equal([2, 3], folder.All().Select(one => one.BeganAt.Day));
        Assert.Equal(
            [.. logs[4..], "00000002.history"],
            Directory.EnumerateFiles(folder.Wal).Select(file => Path.GetFileName(file)[..^25]).Order(StringComparer.Ordinal)
        );
        Directory.Delete(place, recursive: true);
    }

    private async Task<BackupState> State()
    {
        await using var db = backed.Database.Dbs.Open(DbScope.NoTenant);
        return await BackupBook.Read(db);
    }

    private static async Task Holds(TestDatabase restored)
    {
        var services = new ServiceCollection();
        services.AddModules("", new LogSettings());
        await using var provider = services.BuildServiceProvider();
        var invariants = provider.GetServices<Invariant>();
        var stop = TestContext.Current.CancellationToken;
        Assert.Empty(await RestoreBackup.Verify(restored.ConnectionString, invariants, new LogSettings(), stop: stop));
    }

    private static void Cut(string file)
    {
        using var open = File.OpenWrite(file);
        open.SetLength(open.Length / 2);
    }

    private static string Uri(TestDatabase database)
    {
        var text = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString);
        return $"host={text.Host} port={text.Port} user={text.Username} dbname={text.Database}";
    }
}
