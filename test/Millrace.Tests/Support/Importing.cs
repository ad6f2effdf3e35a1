using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Millrace.Tests;

/// <summary>An import from the side of whoever asks for it.</summary>
internal static class Importing
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static Task<Answer> Send(OpenFactory open, string name, string text) =>
        Send(open, name, Encoding.UTF8.GetBytes(text));

    internal static Task<Answer> Send(OpenFactory open, string name, byte[] file, string kind = "items") =>
        Put(open.Api, Guid.CreateVersion7(), name, file, kind);

    internal static async Task<Answer> Put(ApiClient api, Guid id, string name, byte[] file, string kind = "items")
    {
        using var body = new ByteArrayContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await api.Http.PutAsync(
            new Uri($"/api/v1/imports/{id}?kind={kind}&name={Uri.EscapeDataString(name)}", UriKind.Relative),
            body,
            Stop
        );
        return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop), answer.Headers);
    }

    internal static async Task<JsonElement> Whole(OpenFactory open, string name, string text)
    {
        var sent = await Send(
            open,
            name,
            Encoding.UTF8.GetBytes(text),
            name.StartsWith("partners", StringComparison.Ordinal) ? "partners" : "items"
        );
        await Step(open, sent, "check", "checked");
        return await Step(open, sent, "run", "done");
    }

    internal static string Address(Answer sent) =>
        $"/api/v1/imports/{sent.Json.GetProperty("import").GetProperty("id").GetString()}";

    internal static Task<JsonElement> Step(OpenFactory open, Answer sent, string step, string until) =>
        Step(open, sent.Json.GetProperty("import"), step, until);

    internal static async Task<JsonElement> Step(OpenFactory open, JsonElement import, string step, string until)
    {
        var address = $"/api/v1/imports/{import.GetProperty("id").GetString()}";
        var asked = await open.Api.Post($"{address}/{step}");
        Assert.True(asked.Status == HttpStatusCode.OK, asked.Text);
        return await Ended(open, address, until);
    }

    internal static Task<JsonElement> Ended(OpenFactory open, Answer sent, string state) => Ended(open, Address(sent), state);

    internal static async Task<JsonElement> Ended(OpenFactory open, string address, string state) =>
        await Eventually.Get(
            async () => (await open.Api.Get(address)).Json.GetProperty("import"),
            one => one.GetProperty("state").GetString() == state,
            $"the import is {state}",
            60
        );

    internal static async Task Understand(OpenFactory open, Answer sent, bool onlyGood)
    {
        var shown = (await open.Api.Get(Address(sent))).Json;
        var answer = await open.Api.Put(
            $"{Address(sent)}/form",
            new
            {
                Form = shown.GetProperty("form"),
                OnlyGood = onlyGood,
                MayUpdate = true,
                Fields = shown
                    .GetProperty("columns")
                    .EnumerateArray()
                    .Select(one => new
                    {
                        Field = one.GetProperty("field").GetString(),
                        Column = one.GetProperty("at").GetInt32(),
                    }),
            }
        );
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
    }

    internal static string Form(Answer sent, string name) => sent.Json.GetProperty("form").GetProperty(name).GetString()!;

    internal static string Figures(JsonElement import) =>
        string.Join(
            ", ",
            ((string[])["created", "updated", "unchanged", "faulty"]).Select(name =>
                $"{import.GetProperty(name).GetInt32()} {name}"
            )
        );

    internal static Task<List<string>> Faults(OpenFactory open, Answer sent) => Faults(open, sent.Json.GetProperty("import"));

    internal static async Task<List<string>> Faults(OpenFactory open, JsonElement import) =>
        [
            .. (await open.Api.Get($"/api/v1/imports/{import.GetProperty("id").GetString()}/faults"))
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(one => string.Join(' ', one.GetProperty("no"), one.GetProperty("field"), one.GetProperty("code"))),
        ];

    internal static async Task<Guid> Id(OpenFactory open, string code) =>
        (await open.Api.Get($"/api/v1/items?filter=code:is:{code}")).Json.GetProperty("items")[0].GetProperty("id").GetGuid();
}
