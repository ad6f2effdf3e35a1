using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

/// <summary>A factory with a drop folder, and another database beside it.</summary>
internal sealed class Exchanging(OpenFactory factory, TestDatabase other, string root) : IAsyncDisposable
{
    private DateTime _written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    internal OpenFactory Factory => factory;
    internal string Root => root;

    internal static async Task<Exchanging> Open(Server server, ExchangeSettings? settings = null)
    {
        var other = await server.NewDatabase();
        var (host, port, _) = Address(other);
        var root = Server.NewDirectory();
        settings ??= new ExchangeSettings { Folder = root, Hosts = [$"{host}:{port}", "127.0.0.1:1"] };
        var factory = await OpenFactory.Start(server, work: true, with: services => services.AddSingleton(settings));
        return new Exchanging(factory, other, Directory.CreateDirectory(root).FullName);
    }

    private static (string Host, int Port, string Name) Address(TestDatabase database)
    {
        var to = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        return (to.Host!, to.Port, to.Database!);
    }

    internal object To(string statement, string? host = null, int? port = null)
    {
        var at = Address(other);
        return new
        {
            Host = host ?? at.Host,
            Port = port ?? at.Port,
            Database = at.Name,
            Username = new NpgsqlConnectionStringBuilder(other.ConnectionString).Username,
            Security = "none",
            statement,
        };
    }

    internal string Path(string part) =>
        Directory
            .CreateDirectory(System.IO.Path.Combine(root, factory.Factory.Tenant.ToString(CultureInfo.InvariantCulture), part))
            .FullName;

    internal string[] Names(string part) =>
        [.. Directory.GetFiles(Path(part)).Select(one => System.IO.Path.GetFileName(one)).Order(StringComparer.Ordinal)];

    internal void Drop(string name, string text)
    {
        var path = System.IO.Path.Combine(Path("in"), name);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, _written = _written.AddMinutes(1));
    }

    internal Task Foreign(string statement) => other.Superuser(statement);

    internal Task<long> Count(string query) => other.Superuser<long>(query);

    internal Task<Answer> Post(object body) => factory.Api.Post("/api/v1/exchanges", body);

    internal async Task<string> SetUp(object body)
    {
        var made = await Post(body);
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        return made.Json.GetProperty("id").GetString()!;
    }

    internal async Task Change(string id, object body)
    {
        var version = await factory.Database.Superuser<int>($"select version from kernel.exchange where exchange_id = '{id}'");
        var changed = await factory.Api.Put($"/api/v1/exchanges/{id}", body, version);
        Assert.True(changed.Status == HttpStatusCode.OK, changed.Text);
    }

    internal async Task Start(string id)
    {
        var started = await factory.Api.Post($"/api/v1/exchanges/{id}/run");
        Assert.True(started.Json.GetProperty("jobId").ValueKind == JsonValueKind.String, started.Text);
    }

    /// <summary>Has it done, and waits until its job is, and until so many runs are written down.</summary>
    internal async Task Run(string id, int runs)
    {
        await Start(id);
        await Eventually.True(
            async () => await factory.Count("kernel.job where type = 'exchange.run' and state in ('waiting', 'running')") == 0,
            "its job is done"
        );
        Assert.Equal(runs, (await Runs(id)).Count);
    }

    internal async Task<string> Failed(string id)
    {
        await Run(id, (await Runs(id)).Count + 1);
        return (await Runs(id))[0].GetProperty("error").GetString()!;
    }

    internal async Task<IReadOnlyList<JsonElement>> Runs(string id) =>
        [.. (await factory.Api.Get($"/api/v1/exchanges/{id}/runs")).Json.GetProperty("items").EnumerateArray()];

    internal async Task<JsonElement> Imported(string id, string state)
    {
        var import = (await Runs(id))[0].GetProperty("importId").GetString();
        return await Importing.Ended(factory, $"/api/v1/imports/{import}", state);
    }

    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        await other.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }
}
