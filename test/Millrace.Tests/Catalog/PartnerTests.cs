using System.Net;
using System.Text.Json;

namespace Millrace.Tests;

/// <summary>Customers and suppliers, their addresses and contacts, and how a company stands with them.</summary>
public sealed class PartnerTests(Server server)
{
    private const string Path = "/api/v1/partners";

    [Fact]
    public async Task A_partner_is_created_once_and_changed_with_its_parts_in_one_go()
    {
        await using var open = await OpenFactory.Start(server);

        var made = await open.Api.Post(Path, New("C-1"));
        var again = await open.Api.Post(Path, New("C-1"));
        var id = made.Json.GetProperty("id").GetString();
        var shown = (await open.Api.Get($"{Path}/{id}")).Json;
        var contact = shown.GetProperty("contacts")[0].GetProperty("id").GetGuid();
        var changed = await open.Api.Put(
            $"{Path}/{id}",
            Fields("Yıldız", [Contact("Ada", contact), Contact("Bora")]),
            version: 1
        );

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal((HttpStatusCode.Conflict, "partner.code_taken"), (again.Status, again.Code));
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal(
            "Ada Bora",
            string.Join(
                ' ',
                changed.Json.GetProperty("contacts").EnumerateArray().Select(one => one.GetProperty("name").GetString())
            )
        );
        Assert.Equal(contact, changed.Json.GetProperty("contacts")[0].GetProperty("id").GetGuid());
        Assert.Equal(2, changed.Json.GetProperty("partner").GetProperty("version").GetInt32());
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            (await open.Api.Put($"{Path}/{id}", Fields("Ay", []), version: 1)).Status
        );
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_and_keeps_nothing()
    {
        await using var open = await OpenFactory.Start(server);
        var (one, other) = (await open.Api.Post(Path, New("C-1")), await open.Api.Post(Path, New("C-2")));
        var (oneId, otherId) = (one.Json.GetProperty("id").GetString(), other.Json.GetProperty("id").GetString());
        var foreign = (await open.Api.Get($"{Path}/{otherId}")).Json.GetProperty("contacts")[0].GetProperty("id").GetGuid();

        var nobody = await open.Api.Post(Path, New("C-3", customer: false));
        var stolen = await open.Api.Put($"{Path}/{oneId}", Fields("A", [Contact("Ada", foreign)]), version: 1);
        var twice = await open.Api.Put(
            $"{Path}/{oneId}",
            Fields("A", [Contact("Ada", Guid.Empty), Contact("Bora", Guid.Empty)]),
            version: 1
        );
        var country = await open.Api.Post(Path, New("C-4", country: "Türkiye"));
        var money = new
        {
            name = "Nobody's money",
            customer = true,
            supplier = false,
            country = "TR",
            currency = "",
        };
        var currency = await open.Api.Post(Path, new { code = "C-5", partner = money });

        Assert.All([nobody, stolen, twice, country, currency], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.Status));
        Assert.Equal(2, await open.Count("catalog.partner where version = 1"));
        Assert.Equal(2, await open.Count("catalog.partner_contact where name = 'Ada'"));
    }

    [Fact]
    public async Task A_stop_needs_a_reason_and_holds_in_its_company_alone()
    {
        await using var open = await OpenFactory.Start(server);
        var id = (await open.Api.Post(Path, New("C-1"))).Json.GetProperty("id").GetString();
        var address = $"{Path}/{id}/standings/{open.Factory.Company}";

        var silent = await open.Api.Put(address, new { Selling = "stop", Buying = "open" });
        var said = await open.Api.Put(
            address,
            new
            {
                Selling = "stop",
                Buying = "watch",
                CreditLimit = 1000.5m,
                Reason = "does not pay",
            }
        );

        Assert.Equal(HttpStatusCode.BadRequest, silent.Status);
        Assert.Equal(HttpStatusCode.OK, said.Status);
        var standing = (await open.Api.Get($"{Path}/{id}")).Json.GetProperty("standings")[0];
        Assert.Equal(
            ("stop", "1000.5"),
            (standing.GetProperty("selling").GetString(), standing.GetProperty("creditLimit").GetString())
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await open.Api.Put($"{Path}/{id}/standings/{Guid.CreateVersion7()}", new { Selling = "open", Buying = "open" })
            ).Status
        );
    }

    [Fact]
    public async Task A_forgotten_contact_is_gone_here_and_closed_in_the_history()
    {
        await using var open = await OpenFactory.Start(server);
        var id = (await open.Api.Post(Path, New("C-1"))).Json.GetProperty("id").GetString();
        var contact = (await open.Api.Get($"{Path}/{id}")).Json.GetProperty("contacts")[0].GetProperty("id").GetString();
        var history = $"/api/v1/history?entity=catalog.partner_contact&key={id}";
        Assert.Contains("Ada", (await open.Api.Get(history)).Text, StringComparison.Ordinal);

        var erased = await open.Api.Post($"{Path}/{id}/contacts/{contact}/erasure");

        Assert.Equal((HttpStatusCode.OK, 0), (erased.Status, erased.Json.GetProperty("contacts").GetArrayLength()));
        Assert.DoesNotContain("Ada", (await open.Api.Get(history)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await open.Count("catalog.partner_contact"));
        Assert.Equal(HttpStatusCode.NotFound, (await open.Api.Post($"{Path}/{id}/contacts/{contact}/erasure")).Status);
    }

    [Fact]
    public async Task A_retired_partner_is_hidden_until_it_comes_back()
    {
        await using var open = await OpenFactory.Start(server);
        var id = (await open.Api.Post(Path, New("C-1"))).Json.GetProperty("id").GetString();

        await open.Api.Post($"{Path}/{id}/retirement");
        Assert.Equal(0, (await open.Api.Get(Path)).Json.GetProperty("items").GetArrayLength());
        await open.Api.Post($"{Path}/{id}/restoration");

        Assert.Equal(1, (await open.Api.Get(Path)).Json.GetProperty("items").GetArrayLength());
    }

    private static object New(string code, bool customer = true, string country = "TR") =>
        new { Code = code, Partner = Fields("Yıldız Makine", [Contact("Ada")], customer, country) };

    private static object Fields(string name, object[] contacts, bool customer = true, string country = "TR") =>
        new
        {
            Name = name,
            Customer = customer,
            Supplier = false,
            Country = country,
            PaymentDays = 45,
            Addresses = new[]
            {
                new
                {
                    Kind = "billing",
                    Street = "Sanayi Cd. 5",
                    City = "Gebze",
                    Country = "TR",
                },
            },
            Contacts = contacts,
        };

    private static object Contact(string name, Guid? id = null) =>
        new
        {
            Id = id,
            Name = name,
            Email = $"{name}@yildiz.example",
        };
}
