using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Millrace.Host;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>The program in this process, on a port of its own, over a database of the test.</summary>
public sealed class App : IAsyncDisposable
{
    private readonly WebApplication _app;

    private App(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    /// <summary>Without work there is no sequencer and no consumer: only the API answers.</summary>
    public static async Task<App> Start(
        string connection,
        bool work = true,
        LogSettings? log = null,
        LimitSettings? limits = null,
        Action<IServiceCollection>? with = null,
        Action<IEndpointRouteBuilder>? map = null
    )
    {
        var app = WebProgram.Build(
            connection,
            "http://127.0.0.1:0",
            log ?? new LogSettings(),
            LogLevel.Error,
            work,
            services =>
            {
                services.AddSingleton(limits ?? new LimitSettings());
                with?.Invoke(services);
            }
        );
        map?.Invoke(app);
        await app.StartAsync();
        return new App(app);
    }

    /// <summary>A caller without session or token.</summary>
    public ApiClient Anonymous(bool followRedirects = true) => new(Url, followRedirects);

    public async Task<ApiClient> SignIn(string email, string password = Factory.Password)
    {
        var client = Anonymous();
        var answer = await client.Send(HttpMethod.Post, "/api/v1/session", new { email, password }, key: null);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return client;
    }

    public Task<ApiClient> Authorize(CreateClient.Result client) => ApiClient.Authorize(Url, client);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>An answer, read whole.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The stable code of a problem.</summary>
    public string Code => Json.GetProperty("code").GetString()!;

    /// <summary>That it went well, or the code of the problem.</summary>
    public string Said => (int)Status < 400 ? $"{(int)Status}" : Code;
}

/// <summary>Calls the API as a machine or a browser would.</summary>
public sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(Uri url, bool followRedirects = true) =>
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                UseCookies = true,
                CookieContainer = Cookies,
                AllowAutoRedirect = followRedirects,
            }
        )
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromSeconds(30),
        };

    public HttpClient Http => _http;

    public CookieContainer Cookies { get; } = new();

    public static async Task<ApiClient> Authorize(Uri url, CreateClient.Result client)
    {
        var api = new ApiClient(url);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = client.ClientId,
                ["client_secret"] = client.ClientSecret,
            }
        );
        using var answer = await api._http.PostAsync(new Uri("/oauth/token", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        api._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return api;
    }

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path, body: null, key: null);

    /// <summary>A POST with a key of its own, or with the one given.</summary>
    public Task<Answer> Post(string path, object? body = null, Guid? key = null) =>
        Send(HttpMethod.Post, path, body, (key ?? Guid.CreateVersion7()).ToString());

    public Task<Answer> Put(string path, object body, int? version = null) =>
        Send(HttpMethod.Put, path, body, key: null, version is { } number ? $"\"{number}\"" : null);

    public async Task<Answer> Send(HttpMethod method, string path, object? body, string? key, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(
                body as string ?? JsonSerializer.Serialize(body, Wire.Options),
                Encoding.UTF8,
                "application/json"
            );
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var answer = await _http.SendAsync(request);
        return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
    }

    public void Dispose() => _http.Dispose();
}
