using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;
using static Millrace.Tests.Importing;

namespace Millrace.Tests;

/// <summary>Files of items and partners on their way in, and out again.</summary>
public sealed class ImportTests(Server server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private const string Items = """
        Code;Name;Kind;Unit
        A-1;Axle;Raw material;pcs
        A-2;Bearing;hammadde;kg
        """;

    [Fact]
    public async Task A_file_is_understood_checked_imported_and_taken_back_whole()
    {
        await using var open = await OpenFactory.Start(server, work: true);

        var sent = await Send(open, "items.csv", Items);
        Assert.Equal(
            "code name kind unit",
            string.Join(
                ' ',
                sent.Json.GetProperty("columns").EnumerateArray().Select(one => one.GetProperty("field").GetString())
            )
        );
        var import = await Step(open, sent, "check", "checked");
        Assert.Equal("2 created, 0 updated, 0 unchanged, 0 faulty", Figures(import));
        Assert.Equal(0, await open.Count("catalog.item where code like 'A-%'"));

        import = await Step(open, sent, "run", "done");
        Assert.Equal("2 created, 0 updated, 0 unchanged, 0 faulty", Figures(import));
        Assert.Equal(
            1,
            await open.Count("catalog.item where code = 'A-2' and name = 'Bearing' and kind = 'raw' and unit = 'kg'")
        );

        import = await Step(open, sent, "undo", "undone");
        Assert.Equal(JsonValueKind.Null, import.GetProperty("error").ValueKind);
        Assert.Equal(0, await open.Count("catalog.item where code like 'A-%'"));
    }

    [Fact]
    public async Task The_same_file_again_updates_what_is_other_and_undo_gives_back_what_was()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await Whole(open, "one.csv", Items);

        var again = await Whole(open, "two.csv", Items);
        var changed = await Whole(open, "three.csv", "code,name\nA-1,Long axle\nA-2,Bearing\n");

        Assert.Equal("0 created, 0 updated, 2 unchanged, 0 faulty", Figures(again));
        Assert.Equal("0 created, 1 updated, 1 unchanged, 0 faulty", Figures(changed));
        Assert.Equal(
            1,
            await open.Count("catalog.item where code = 'A-1' and name = 'Long axle' and kind = 'raw' and unit = 'pcs'")
        );
        await Step(open, changed, "undo", "undone");
        Assert.Equal(1, await open.Count("catalog.item where code = 'A-1' and name = 'Axle'"));
    }

    [Fact]
    public async Task Every_fault_of_every_row_is_told_at_once_by_its_line()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        var sent = await Send(
            open,
            "faulty.csv",
            """
            Kod;Ad;Tür;Birim
            A-1;Mil;hammadde;pcs
            ;;;
            A-2;;altın;pcs
            A-1;Mil;hammadde;pcs
            A-3;Kovan;mamul;a unit that is far too long

            A-4;"Two
            lines";mamul;pcs
            """
        );

        var import = await Step(open, sent, "check", "checked");

        Assert.Equal("1 created, 0 updated, 0 unchanged, 4 faulty", Figures(import));
        Assert.Equal(
            "4 name needed, 4 kind choice, 5 code twice, 6 unit rule, 9 name rule",
            string.Join(", ", await Faults(open, sent))
        );
        var refused = await open.Api.Post($"{Address(sent)}/run");
        Assert.Equal("import.faulty", refused.Code);
        await Understand(open, sent, onlyGood: true);
        await Step(open, sent, "check", "checked");
        import = await Step(open, sent, "run", "done");
        Assert.Equal("1 created, 0 updated, 0 unchanged, 4 faulty", Figures(import));
        Assert.Equal(1, await open.Count("catalog.item where code like 'A-%'"));
    }

    [Fact]
    public async Task What_depends_on_a_row_or_changed_it_since_keeps_all_of_the_import()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        var rows = string.Join('\n', Enumerable.Range(1, 40).Select(at => $"A-{at};Part {at};raw;pcs"));
        var import = await Whole(open, "parts.csv", $"code;name;kind;unit\n{rows}\n");
        var used = await Id(open, "A-7");
        await open.Api.Put($"/api/v1/items/{used}/costs/{open.Factory.Company}", new { UnitCost = 1m });
        await open.Api.Put(
            $"/api/v1/items/{await Id(open, "A-9")}",
            new
            {
                Name = "Other",
                Kind = "raw",
                Unit = "pcs",
            },
            version: 1
        );

        var refused = await Step(open, import, "undo", "done");

        Assert.Equal(
            "10 code depends, 8 code depends",
            string.Join(", ", (await Faults(open, import)).Order(StringComparer.Ordinal))
        );
        Assert.Contains("2 rows cannot be taken back", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(40, await open.Count("catalog.item where code like 'A-%'"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task A_file_sent_again_under_its_id_is_the_same_and_a_foreign_import_is_a_missing_one()
    {
        await using var open = await OpenFactory.Start(server);
        var foreign = await Factory.Make(open.Database.Dbs, "Foreign");
        using var stranger = await open.App.Authorize(await foreign.AddClient("machine"));
        var id = Guid.CreateVersion7();

        var first = await Put(open.Api, id, "a.csv", Encoding.UTF8.GetBytes(Items));
        var second = await Put(open.Api, id, "a.csv", Encoding.UTF8.GetBytes(Items));

        Assert.Equal((HttpStatusCode.OK, first.Text), (second.Status, second.Text));
        Assert.Equal(1, await open.Count("kernel.import_part"));
        foreach (var path in (string[])["", "/faults"])
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/api/v1/imports/{id}{path}")).Status);
        foreach (var step in (string[])["check", "run", "undo", "cancellation"])
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Post($"/api/v1/imports/{id}/{step}")).Status);
    }

    [Fact]
    public async Task An_import_that_is_taken_up_again_goes_on_where_it_was_and_writes_nothing_twice()
    {
        await using var open = await OpenFactory.Start(server);
        var rows = string.Join('\n', Enumerable.Range(1, 2500).Select(at => $"A-{at};Part {at};raw;pcs"));
        var sent = await Send(open, "parts.csv", $"code;name;kind;unit\n{rows}\n");
        var id = sent.Json.GetProperty("import").GetProperty("id").GetGuid();
        // The first thousand were written before the process died.
        await open.Database.Superuser(
            $"""
            insert into catalog.item (tenant_id, item_id, code, name, kind, unit)
            select {open.Factory.Tenant}, gen_random_uuid(), 'A-' || n, 'Part ' || n, 'raw', 'pcs' from generate_series(1, 1000) n
            """
        );
        await open.Database.Superuser(
            $"update kernel.import set state = 'running', rows_done = 1000, created = 1000 where import_id = '{id}'"
        );

        await open.App.Services.GetRequiredService<ImportJobs>().Write(RunOf(open), new WriteRows(id));

        var import = (await open.Api.Get($"/api/v1/imports/{id}")).Json.GetProperty("import");
        Assert.Equal(
            ("done", "2500 created, 0 updated, 0 unchanged, 0 faulty"),
            (import.GetProperty("state").GetString(), Figures(import))
        );
        Assert.Equal(2500, await open.Count("catalog.item where code like 'A-%'"));
        Assert.Equal(1500, await open.Count("kernel.import_effect"));
    }

    [Fact]
    public async Task A_check_that_is_taken_up_again_counts_and_tells_everything_once()
    {
        await using var open = await OpenFactory.Start(server);
        var sent = await Send(open, "faulty.csv", "code;name;kind;unit\nA-1;Axle;raw;pcs\nA-2;;gold;pcs\n");
        var id = sent.Json.GetProperty("import").GetProperty("id").GetGuid();
        var jobs = open.App.Services.GetRequiredService<ImportJobs>();
        foreach (var _ in (int[])[1, 2])
        {
            await open.Database.Superuser($"update kernel.import set state = 'checking' where import_id = '{id}'");
            await jobs.Check(RunOf(open), new CheckRows(id));
        }

        var import = (await open.Api.Get($"/api/v1/imports/{id}")).Json.GetProperty("import");
        Assert.Equal("1 created, 0 updated, 0 unchanged, 1 faulty", Figures(import));
        Assert.Equal("3 name needed, 3 kind choice", string.Join(", ", await Faults(open, sent)));
    }

    private static JobRun RunOf(OpenFactory open)
    {
        var taken = new TakenJob(open.Factory.Tenant, Guid.CreateVersion7(), "import.run", "{}", 1, 1, 3, DbScope.System, "test");
        open.Database.Superuser(
                $"""
                insert into kernel.job (tenant_id, job_id, type, arguments, most_attempts, actor, request, state, taking,
                    lease_until,
                    started_at, attempts)
                values ({open.Factory.Tenant}, '{taken.JobId}', 'import.run', jsonb_build_object(), 3, '{DbScope.System}', 'test',
                    'running', 1, now() + interval '1 hour', now(), 1)
                """
            )
            .Wait(Stop);
        return new JobRun(taken, open.Database.Dbs, TimeProvider.System, Stop);
    }
}
