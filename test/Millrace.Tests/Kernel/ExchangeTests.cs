using System.Net;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>Files and rows that come and go by themselves: once, whole or not at all, and only where it is allowed.</summary>
public sealed class ExchangeTests(Server server)
{
    private const string Items = "Code;Name;Kind;Unit\nA-1;Axle;Raw material;pcs\nA-2;Bearing;hammadde;kg\n";
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_in_the_folder_is_checked_run_and_put_aside_and_known_when_its_exchange_was_interrupted()
    {
        await using var at = await Exchanging.Open(server);
        var id = await at.SetUp(InFiles("items-*.csv"));
        at.Drop("items-1.csv", Items);
        at.Drop("other.csv", Items);

        await at.Run(id, runs: 1);

        await at.Imported(id, "done");
        Assert.Equal(2, await at.Factory.Count("catalog.item where code like 'A-%'"));
        Assert.Equal(["other.csv"], at.Names("in"));
        Assert.EndsWith("-items-1.csv", Assert.Single(at.Names("done")), StringComparison.Ordinal);

        // As if the program had ended between the import and the file's way out of the folder.
        File.Move(Directory.GetFiles(at.Path("done"))[0], System.IO.Path.Combine(at.Path("in"), "items-1.csv"));
        await at.Run(id, runs: 1);
        await Eventually.True(() => Task.FromResult(at.Names("done").Length == 1), "it is put aside again");
        Assert.Equal(1, await at.Factory.Count("kernel.import"));
    }

    [Fact]
    public async Task Faults_and_unknown_columns_wait_for_a_person_and_after_that_such_files_go_through()
    {
        await using var at = await Exchanging.Open(server);
        var id = await at.SetUp(InFiles("*.csv"));
        at.Drop("faulty.csv", "Code;Name;Kind;Unit\nA-1;Axle;gold;pcs\nA-2;Bearing;hammadde;kg\n");
        await at.Run(id, runs: 1);
        var faulty = await at.Imported(id, "checked");
        Assert.Equal(1, faulty.GetProperty("faulty").GetInt32());
        Assert.Equal(0, await at.Factory.Count("catalog.item where code like 'A-%'"));
        var start = (await at.Factory.Api.Get($"/api/v1/start?companyId={at.Factory.Factory.Company}")).Text;
        Assert.Contains("faulty.csv (1/2)", start, StringComparison.Ordinal);

        const string strange = "Stok;Bezeichnung;Art;ME\nA-3;Mil;hammadde;pcs\n";
        at.Drop("strange-1.csv", strange);
        await at.Run(id, runs: 2);
        var waits = await at.Imported(id, "new");
        Assert.Contains("not known", waits.GetProperty("error").GetString(), StringComparison.Ordinal);
        var shown = (await at.Factory.Api.Get($"/api/v1/imports/{waits.GetProperty("id")}")).Json;
        await at.Factory.Api.Put(
            $"/api/v1/imports/{waits.GetProperty("id")}/form",
            new
            {
                Form = shown.GetProperty("form"),
                Fields = ((string[])["code", "name", "kind", "unit"]).Select((field, column) => new { field, column }),
            }
        );
        await Importing.Step(at.Factory, waits, "check", "done");

        at.Drop("strange-2.csv", strange.Replace("A-3", "A-4", StringComparison.Ordinal));
        await at.Run(id, runs: 3);
        await at.Imported(id, "done");
        Assert.Equal(2, await at.Factory.Count("catalog.item where code in ('A-3', 'A-4')"));
    }

    [Fact]
    public async Task What_is_still_written_hidden_a_link_or_no_table_is_not_taken()
    {
        await using var at = await Exchanging.Open(server);
        var id = await at.SetUp(InFiles("*"));
        var secret = System.IO.Path.Combine(at.Root, "secret.csv");
        await File.WriteAllTextAsync(secret, Items, Stop);
        at.Drop("a.part", Items);
        at.Drop(".hidden.csv", Items);
        at.Drop("fresh.csv", Items);
        File.SetLastWriteTimeUtc(
            System.IO.Path.Combine(at.Path("in"), "fresh.csv"),
            TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1)
        );
        File.CreateSymbolicLink(System.IO.Path.Combine(at.Path("in"), "link.csv"), secret);
        at.Drop("empty.csv", "");
        at.Drop("no-book.csv", "PK\u0003\u0004 not really");

        await at.Run(id, runs: 2);

        Assert.Equal(0, await at.Factory.Count("kernel.import"));
        Assert.Equal([".hidden.csv", "a.part", "fresh.csv", "link.csv"], at.Names("in"));
        Assert.Equal(2, at.Names("failed").Length);
        var runs = await at.Runs(id);
        Assert.Equal(["failed", "failed"], runs.Select(run => run.GetProperty("outcome").GetString()));
        Assert.Contains(runs, run => run.GetProperty("error").GetString()!.Contains("empty", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_of_another_database_come_in_and_nothing_is_changed_there()
    {
        await using var at = await Exchanging.Open(server);
        await at.Foreign(
            """
            create table stock_card (code varchar(20), name text, kind text, unit char(3), weight numeric, since date,
                gone boolean);
            insert into stock_card values ('A-1', '=Axle', 'raw', 'pcs', 1.50, '2026-01-31', false),
                ('A-2', 'Bearing', 'raw', 'kg ', null, null, true);
            """
        );
        var id = await at.SetUp(
            InDatabase(at, "select code, name, kind, trim(unit) as unit, weight, since, gone from stock_card")
        );
        await at.Run(id, runs: 1);
        await at.Imported(id, "done");
        Assert.Equal(1, await at.Factory.Count("catalog.item where code = 'A-1' and name = '=Axle' and unit = 'pcs'"));

        foreach (
            var (statement, says) in ((string, string)[])
                [
                    ("delete from stock_card returning code", "read-only"),
                    ("select 1; delete from stock_card", "multiple commands"),
                    ("select array[1, 2] as code", "Cast it to text"),
                    ("select nothing", "nothing"),
                    ("set work_mem = '4MB'", "gives no rows"),
                ]
        )
        {
            await at.Change(id, InDatabase(at, statement));
            var failed = await at.Failed(id);
            Assert.Contains(says, failed, StringComparison.Ordinal);
        }
        Assert.Equal(2, await at.Count("select count(*) from stock_card"));
    }

    [Fact]
    public async Task A_list_goes_to_a_file_and_to_another_database_whole_or_not_at_all()
    {
        await using var at = await Exchanging.Open(server);
        var sent = await at.SetUp(
            Out("filter=kind:is:raw&columns=code,name,kind&sort=-code", new { Name = "items-{date}", Language = "tr" })
        );
        await at.Run(sent, runs: 1);
        var name = Assert.Single(at.Names("out"));
        Assert.Equal($"items-{TimeProvider.System.GetUtcNow():yyyy-MM-dd}.csv", name);
        var text = (await File.ReadAllTextAsync(System.IO.Path.Combine(at.Path("out"), name), Stop)).TrimStart('\uFEFF');
        Assert.StartsWith("Kod;Ad;Tür\r\nIT-003;", text, StringComparison.Ordinal);
        Assert.Equal(3, (await at.Runs(sent))[0].GetProperty("rows").GetInt64());

        await at.Foreign("create table item (code text primary key, name text, kind text)");
        var pushed = await at.SetUp(
            OutDatabase(at, "insert into item values (@code, @name, @kind) on conflict (code) do update set name = excluded.name")
        );
        await at.Run(pushed, runs: 1);
        await at.Run(pushed, runs: 2);
        Assert.Equal(3, await at.Count("select count(*) from item where kind = 'raw'"));

        await at.Change(pushed, OutDatabase(at, "insert into item values (@code, @name, @kind); delete from item"));
        Assert.Contains("more than one statement", await at.Failed(pushed), StringComparison.Ordinal);
        await at.Change(pushed, OutDatabase(at, "insert into item values (@code, @name, @kind)"));
        await at.Foreign("delete from item; alter table item add check (code <> 'IT-002')");
        Assert.Contains("check constraint", await at.Failed(pushed), StringComparison.Ordinal);
        Assert.Equal(0, await at.Count("select count(*) from item"));
    }

    [Fact]
    public async Task Only_allowed_hosts_are_spoken_to_and_what_cannot_be_reached_is_told()
    {
        await using var at = await Exchanging.Open(server);
        var elsewhere = await at.Post(InDatabase(at, "select 1", host: "169.254.169.254"));
        Assert.Equal("exchange.host_not_allowed", elsewhere.Code);

        var id = await at.SetUp(InDatabase(at, "select 1", host: "127.0.0.1", port: 1));
        var unproven = await at.Factory.Api.Put($"/api/v1/exchanges/{id}", InDatabase(at, "select 1", password: null), 1);
        Assert.True(unproven.Json.GetProperty("errors").TryGetProperty("password", out _), unproven.Text);
        // A retry waits its time; it is due now.
        await at.Start(id);
        await Eventually.True(
            async () =>
            {
                await at.Factory.Database.Superuser(
                    "update kernel.job set run_at = now() where type = 'exchange.run' and state = 'waiting' and attempts > 0"
                );
                return (await at.Runs(id)).Count == 1;
            },
            "the third attempt has failed"
        );
        Assert.Contains(
            "127.0.0.1:1 cannot be reached",
            (await at.Runs(id))[0].GetProperty("error").GetString()!,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("hidden word", (await at.Factory.Api.Get("/api/v1/exchanges")).Text, StringComparison.Ordinal);
        Assert.Equal(
            0,
            await at.Factory.Count("kernel.audit where after::text like '%hidden word%' or before::text like '%hidden word%'")
        );
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_and_others_see_nothing_of_it()
    {
        await using var at = await Exchanging.Open(server);
        var id = await at.SetUp(InFiles("*.csv"));
        foreach (
            var (body, field) in ((object, string)[])
                [
                    (Body("in", "items", new { }), "how"),
                    (Body("in", "nothing", new { Files = new { Name = "*" } }), "kind"),
                    (Body("in", "items", new { Files = new { Name = "../*" } }), "how.files.name"),
                    (Out("filter=colour:is:red", new { Name = "x" }), "filter"),
                    (Out("columns=colour", new { Name = "x" }), "column"),
                    (Out("", new { Name = "*" }), "how.files.name"),
                    (OutDatabase(at, "insert into item values (1)"), "how.database.statement"),
                    (Body("in", "items", new { Files = new { Name = "*" } }, cron: "0 25 * * *"), "cron"),
                ]
        )
        {
            var answer = await at.Post(body);
            Assert.True(answer.Status == HttpStatusCode.BadRequest, answer.Text);
            Assert.True(answer.Json.GetProperty("errors").TryGetProperty(field, out _), answer.Text);
        }
        Assert.Equal("exchange.name_taken", (await at.Post(Body("in", "items", new { Files = new { Name = "*" } }, "One"))).Code);

        using var few = await at.Factory.App.Authorize(await at.Factory.Factory.AddClient("few", ["kernel.exchange.manage"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await few.Post("/api/v1/exchanges", InFiles("*"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await few.Post("/api/v1/exchanges", Out("", new { Name = "x" }))).Status);
        var others = await Factory.Make(at.Factory.Database.Dbs);
        using var spy = await at.Factory.App.Authorize(await others.AddClient("spy"));
        Assert.Equal("""{"items":[],"next":null}""", (await spy.Get("/api/v1/exchanges")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await spy.Post($"/api/v1/exchanges/{id}/run")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await spy.Get($"/api/v1/exchanges/{id}/runs")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await spy.Put($"/api/v1/exchanges/{id}", InFiles("*"), 1)).Status);
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            (await at.Factory.Api.Put($"/api/v1/exchanges/{id}", InFiles("*"), 7)).Status
        );
    }

    [Fact]
    public async Task An_installation_that_names_no_folder_and_no_host_exchanges_nothing()
    {
        await using var at = await Exchanging.Open(server, new ExchangeSettings());
        var id = await at.SetUp(InFiles("*"));
        Assert.Contains("MILLRACE_EXCHANGE", await at.Failed(id), StringComparison.Ordinal);
        Assert.Equal("exchange.host_not_allowed", (await at.Post(InDatabase(at, "select 1"))).Code);
    }

    private static object Body(
        string direction,
        string subject,
        object how,
        string? name = null,
        string cron = "0 3 * * *",
        string? password = "hidden word"
    ) =>
        new
        {
            Name = name ?? $"X-{Guid.CreateVersion7():N}",
            Direction = direction,
            Subject = subject,
            How = how,
            Password = password,
            When = new
            {
                Cron = cron,
                TimeZone = "Europe/Istanbul",
                Enabled = true,
            },
        };

    private static object InFiles(string name) => Body("in", "items", new { Files = new { name } }, "One");

    private static object Out(string query, object files) => Body("out", "items", new { Files = files, query });

    private static object InDatabase(
        Exchanging at,
        string statement,
        string? host = null,
        int? port = null,
        string? password = "hidden word"
    ) => Body("in", "items", new { Database = at.To(statement, host, port) }, "One", password: password);

    private static object OutDatabase(Exchanging at, string statement) =>
        Body("out", "items", new { Database = at.To(statement), Query = "columns=code,name,kind" });
}
