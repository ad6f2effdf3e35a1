using System.Globalization;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>Does what an exchange is for, once.</summary>
[JobType("exchange.run")]
internal sealed record RunExchange(Guid ExchangeId);

/// <summary>An exchange has taken, sent or failed at something.</summary>
[EventType("ExchangeRan", 1)]
internal sealed record ExchangeRan(Guid ExchangeId) : IEvent
{
    [System.Text.Json.Serialization.JsonIgnore]
    public string Aggregate => $"exchange/{ExchangeId}";
}

/// <summary>
/// Takes what has come into an import that checks and runs by itself, or sends the rows of a list. A file is taken once, however
/// often its exchange is interrupted; what cannot be done is written down, and what may pass is tried again.
/// </summary>
internal sealed class ExchangeJobs(
    Dbs dbs,
    ImportKinds kinds,
    ListNames lists,
    Secrets secrets,
    ExchangeSettings settings,
    FileSettings files,
    TimeProvider clock
)
{
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private const int Attempts = 3;
    private const int RunsKept = 200;

    private sealed record Outcome(string What, string Name, long? Rows = null, Guid? Import = null, string? Error = null);

    internal async Task Run(JobRun run, RunExchange job)
    {
        Exchange? exchange;
        string password;
        await using (var db = run.Open())
        {
            exchange = await Exchange.Find(db, job.ExchangeId);
            if (exchange is null)
                return;
            password = exchange.Password is null ? "" : secrets.Open(exchange.Password, Exchange.Purpose(db, exchange.Id));
        }
        try
        {
            switch (exchange)
            {
                case { Direction: "in", How.Files: { } how }:
                    await TakeFiles(run, exchange, how);
                    break;
                case { Direction: "in", How.Database: { } how }:
                    await TakeRows(run, exchange, how, password);
                    break;
                case { How.Files: { } how }:
                    await SendFile(run, exchange, how);
                    break;
                case { How.Database: { } how }:
                    await SendRows(run, exchange, how, password);
                    break;
            }
        }
        catch (Exception failed) when (failed is Refused or Invalid || (MayPass(failed) && run.Attempt >= Attempts))
        {
            await using var db = run.Open();
            await Note(db, exchange, new Outcome("failed", "", Error: failed.Message));
            await run.Done(db);
            await db.Commit();
        }
    }

    private static bool MayPass(Exception failed) =>
        failed is Busy or IOException or UnauthorizedAccessException or NpgsqlException;

    private async Task TakeFiles(JobRun run, Exchange exchange, ExchangeFiles how)
    {
        var folder = new DropFolder(settings, run.Tenant, clock);
        foreach (var waiting in folder.Waiting(how.Name))
        {
            run.Stop.ThrowIfCancellationRequested();
            var part = "done";
            try
            {
                await using var content = waiting.OpenRead();
                await using var file = await SpooledFile.Read(content, files, run.Stop);
                var source = FormattableString.Invariant($"{waiting.Name} {waiting.LastWriteTimeUtc:O} {waiting.Length}");
                await Take(run, exchange, waiting.Name, source, file);
            }
            catch (Exception wrong) when (wrong is Refused or Invalid)
            {
                part = "failed";
                await using var db = run.Open();
                await Note(db, exchange, new Outcome("failed", waiting.Name, Error: wrong.Message));
                await db.Commit();
            }
            catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
            {
                // The others need not wait for the one that cannot be read.
                await using var db = run.Open();
                await Note(db, exchange, new Outcome("failed", waiting.Name, Error: kept.Message));
                await db.Commit();
                continue;
            }
            // Interrupted before this, the file is met again, and known by its source.
            folder.Away(waiting, part);
        }
    }

    private async Task TakeRows(JobRun run, Exchange exchange, ExchangeDatabase how, string password)
    {
        settings.Allow(how);
        await using var book = SpooledFile.New();
        await using (var database = await ForeignDatabase.Open(how, password, run.Stop))
            await Write(database.Read(how.Statement), book, run.Stop);
        book.Position = 0;
        await using var file = await SpooledFile.Read(book, files, run.Stop);
        var name = $"{exchange.Name} {clock.GetUtcNow().ToString("yyyy-MM-dd HH.mm", CultureInfo.InvariantCulture)}.xlsx";
        await Take(run, exchange, name, run.Id.ToString(), file);
    }

    // Into a workbook, in which numbers and days stay what they are and no text is taken for a formula.
    private static async Task Write(IAsyncEnumerable<object?[]> rows, Stream book, CancellationToken stop)
    {
        XlsxSheet? sheet = null;
        var count = 0;
        try
        {
            await foreach (var row in rows)
            {
                stop.ThrowIfCancellationRequested();
                if (sheet is null)
                {
                    sheet = await XlsxSheet.Open(book, stop);
                    await sheet.Head([.. row.Cast<string>()]);
                }
                else if (count++ < Imports.MostRows)
                    await sheet.Row(row);
                else
                    throw new Refused(
                        "exchange.statement",
                        $"The query gives more than {Imports.MostRows} rows. Ask for those that changed, or for parts."
                    );
            }
        }
        finally
        {
            if (sheet is not null)
                await sheet.DisposeAsync();
        }
    }

    private async Task Take(JobRun run, Exchange exchange, string name, string source, SpooledFile file)
    {
        await using var db = run.Open();
        var origin = new ImportOrigin(exchange.Id, source, exchange.How.OnlyGood, exchange.How.MayUpdate);
        var kind = await ImportFields.With(db, kinds.Known(exchange.Subject));
        if (await Kernel.SendFile.Take(db, kind, name, file, origin) is { } import)
            await Note(db, exchange, new Outcome("taken", name, Import: import));
        await db.Commit();
    }

    private async Task SendFile(JobRun run, Exchange exchange, ExchangeFiles how)
    {
        var folder = new DropFolder(settings, run.Tenant, clock);
        var rows = 0L;
        await using var db = Reading(run, exchange);
        var (wanted, columns) = await Wanted(db, exchange);
        await using var found = wanted;
        var name = await folder.Send(
            how,
            async to =>
            {
                await using var sheet = await ISheet.Open(how.Format, to, how.Language, run.Stop);
                await sheet.Head([.. columns.Select(column => column.Title.In(how.Language))]);
                await foreach (var row in ExportList.Rows(found, columns, how.Language, run.Stop))
                {
                    await sheet.Row(row);
                    rows++;
                }
            }
        );
        await Sent(run, exchange, new Outcome("sent", name, rows));
    }

    private async Task SendRows(JobRun run, Exchange exchange, ExchangeDatabase how, string password)
    {
        settings.Allow(how);
        await using var db = Reading(run, exchange);
        var (wanted, columns) = await Wanted(db, exchange);
        await using var found = wanted;
        await using var database = await ForeignDatabase.Open(how, password, run.Stop);
        var count = await database.Write(how.Statement, columns, ExportList.Rows(found, columns, language: null, run.Stop));
        await Sent(
            run,
            exchange,
            new Outcome("sent", FormattableString.Invariant($"{how.Host}:{how.Port}/{how.Database}"), count)
        );
    }

    private Db Reading(JobRun run, Exchange exchange) =>
        dbs.Open(
            List(exchange).ScopeFor(DbScope.ForTenant(run.Tenant)) with
            {
                Patience = new Patience(Patience.Background.Lock, ExportList.Longest),
            }
        );

    private IList List(Exchange exchange) => lists.Known(exchange.Subject) ?? throw Refused.Missing("list", exchange.Subject);

    private async Task<(NpgsqlDataReader Rows, IReadOnlyList<ListColumn> Columns)> Wanted(Db db, Exchange exchange)
    {
        var list = List(exchange);
        var (query, columns) = await ListAddress.Read(list, db, exchange.How.Query);
        return (await ExportList.Open(db, list, query, columns), columns);
    }

    private static async Task Sent(JobRun run, Exchange exchange, Outcome outcome)
    {
        await using var db = run.Open();
        await Note(db, exchange, outcome);
        await run.Done(db);
        await db.Commit();
    }

    private static async Task Note(Db db, Exchange exchange, Outcome outcome)
    {
        await db.Execute(
            $"""
            insert into kernel.exchange_run (tenant_id, exchange_id, outcome, name, rows, import_id, error)
            values ({db.Scope.Tenant}, {exchange.Id}, {outcome.What}, {outcome.Name}, {outcome.Rows}, {outcome.Import},
                {outcome.Error})
            """
        );
        await db.Execute(
            $"""
            delete from kernel.exchange_run where exchange_id = {exchange.Id} and run_id <= (
                select run_id from kernel.exchange_run where exchange_id = {exchange.Id}
                order by run_id desc offset {RunsKept} limit 1)
            """
        );
        await db.Publish(new ExchangeRan(exchange.Id));
    }
}
