using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>An export of the audit is whole, checks without the program, and holds nothing that is not its reader's.</summary>
public sealed class AuditExportTests(Server server)
{
    private static int Year => Factory.Today.Year;

    [Fact]
    public async Task An_outsider_reckons_every_hash_again_and_finds_every_change_of_the_year()
    {
        await using var open = await OpenFactory.Start(server);
        var foreign = await Factory.Make(open.Database.Dbs, "Foreign mill");
        for (var block = 0; block < 3; block++)
        {
            await open.Api.Post("/api/v1/task-labels", new { kind = "tag", name = $"label {block}" });
            await AuditTests.Chain(open.Database);
        }

        var (status, lines) = await Export(open.Api, open.Factory.Company);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("export", "end"), (Kind(lines[0]), Kind(lines[^1])));
        Assert.Equal(
            await open.Count($"kernel.audit where tenant_id = {open.Factory.Tenant}"),
            lines.Count(line => Kind(line) == "change")
        );
        Assert.True(Check(lines) >= 3);
        Assert.DoesNotContain("Foreign mill", string.Concat(lines.Select(line => line.GetRawText())), StringComparison.Ordinal);
        Assert.Contains(lines, line => Kind(line) == "change" && line.GetProperty("after").GetRawText().Contains("label 2"));
        // The company of another organisation is no company here; another year of this one is no year of its calendar.
        Assert.Equal(HttpStatusCode.NotFound, (await Export(open.Api, foreign.Company)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await open.Api.Get(Path(open.Factory.Company, Year + 50))).Status);
        using var clerk = await open.App.Authorize(
            await open.Factory.AddClient("clerk", [.. Factory.AllPermissions.Except([AuditExport.Permission])])
        );
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.Get(Path(open.Factory.Company, Year))).Status);
    }

    [Fact]
    public async Task What_lies_outside_the_year_is_left_out_and_the_chain_checks_all_the_same()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Api.Post("/api/v1/task-labels", new { kind = "tag", name = "of another year" });
        await open.Database.Superuser(
            """
            alter table kernel.audit disable trigger all;
            update kernel.audit set at = at - interval '400 days' where after ->> 'name' = 'of another year'
            """
        );
        await AuditTests.Chain(open.Database);

        var (_, lines) = await Export(open.Api, open.Factory.Company);

        Assert.Equal(1, lines.Count(line => Kind(line) == "outside"));
        Assert.DoesNotContain(lines, line => line.GetRawText().Contains("of another year", StringComparison.Ordinal));
        Assert.True(Check(lines) >= 1);
    }

    [Fact]
    public async Task Of_an_erased_person_nothing_is_in_the_export_and_it_checks()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Factory.AddPerson("owner");
        await open.Factory.AddPerson("Zeynep");
        using var owner = await open.App.SignIn($"owner@t{open.Factory.Tenant}.example");
        await AuditTests.Chain(open.Database);
        Assert.Contains("Zeynep", await Text(), StringComparison.Ordinal);
        var zeynep = await open.Database.Superuser<Guid>("select person_id from identity.member where name = 'Zeynep'");

        var early = await owner.Post($"/api/v1/members/{zeynep}/erasure");
        await owner.Post($"/api/v1/members/{zeynep}/retirement");
        var erased = await owner.Post($"/api/v1/members/{zeynep}/erasure");
        await AuditTests.Chain(open.Database);

        Assert.Equal("member.not_retired", early.Code);
        Assert.Equal(HttpStatusCode.OK, erased.Status);
        Assert.DoesNotContain("zeynep@", await Text(), StringComparison.OrdinalIgnoreCase);
        Assert.True(Check((await Export(open.Api, open.Factory.Company)).Lines) >= 2);
        await open.Database.AssertVerified();

        async Task<string> Text() => (await open.Api.Get(Path(open.Factory.Company, Year))).Text;
    }

    private static string Path(Guid company, int year) => $"/api/v1/companies/{company}/years/{year}/audit";

    private static async Task<(HttpStatusCode Status, List<JsonElement> Lines)> Export(ApiClient api, Guid company)
    {
        var answer = await api.Get(Path(company, Year));
        return answer.Status == HttpStatusCode.OK
            ? (
                answer.Status,
                [
                    .. answer
                        .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                        .Select(line => JsonDocument.Parse(line).RootElement),
                ]
            )
            : (answer.Status, []);
    }

    private static string Kind(JsonElement line) => line.GetProperty("line").GetString()!;

    /// <summary>Does what the first line tells an outsider to do; says how many blocks had rows to reckon again.</summary>
    private static int Check(List<JsonElement> lines)
    {
        var reckoned = 0;
        string? previous = null;
        for (var at = 0; at < lines.Count; at++)
        {
            if (Kind(lines[at]) != "block")
                continue;
            var block = lines[at];
            var rows = lines.Skip(at + 1).TakeWhile(line => Kind(line) is "change" or "outside").ToList();
            var hashes = new List<byte>();
            foreach (var row in rows)
            {
                var said = Convert.FromHexString(row.GetProperty("sha256").GetString()!);
                if (Kind(row) == "change")
                    Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(row.GetProperty("stored").GetString()!)), said);
                hashes.AddRange(said);
            }
            if (rows.Count > 0)
            {
                Assert.Equal(block.GetProperty("rows").GetInt32(), rows.Count);
                Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. hashes])), block.GetProperty("digest").GetString());
                reckoned++;
            }
            var number = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(number, block.GetProperty("block").GetInt64());
            var before = block.GetProperty("previousHash").GetString()!;
            Assert.Equal(previous ?? before, before);
            var digest = Convert.FromHexString(block.GetProperty("digest").GetString()!);
            previous = Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(before), .. number, .. digest]));
            Assert.Equal(previous, block.GetProperty("hash").GetString());
        }
        return reckoned;
    }
}
