using System.Net;

namespace Millrace.Tests;

public sealed class DocumentTests(Server server)
{
    [Fact]
    public async Task Every_kind_of_document_is_talked_about_followed_linked_by_a_task_and_has_files()
    {
        await using var desk = await Desk.Start(server, "clerk", work: true);
        var clerk = desk.As("clerk");
        var adjustment = Desk.IdOf((await desk.Adjust("clerk", -1)).Json);
        await desk.Open.Receive(5);
        var vouchers = await Eventually.Get(
            () => desk.Open.Api.Get($"/api/v1/vouchers?companyId={desk.Factory.Company}"),
            answer => answer.Json.GetProperty("items").GetArrayLength() > 0,
            "the receipt has its voucher"
        );
        var voucher = vouchers.Json.GetProperty("items")[0].GetProperty("id").GetString()!;

        foreach (var (documentType, documentId) in ((string, string)[])[("stock_adjustment", adjustment), ("voucher", voucher)])
            await Everything(clerk, documentType, documentId);
    }

    [Fact]
    public async Task What_is_not_there_or_may_not_be_seen_is_neither_linked_nor_talked_about()
    {
        await using var desk = await Desk.Start(server, "clerk");
        using var outsider = await desk.Open.App.SignIn(await desk.Factory.AddPerson("outsider", ["work.use"]));
        var clerk = desk.As("clerk");
        var document = Desk.IdOf((await desk.Adjust("clerk", -1)).Json);

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await clerk.Post("/api/v1/tasks", Task("stock_adjustment", $"{Guid.CreateVersion7()}"))).Status
        );
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.Post("/api/v1/tasks", Task("letter", document))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await outsider.Post("/api/v1/tasks", Task("stock_adjustment", document))).Status);
        Assert.Equal(0, await desk.Open.Count("work.task"));
    }

    private static async Task Everything(ApiClient clerk, string documentType, string documentId)
    {
        var said = await clerk.Post(
            "/api/v1/comments",
            new
            {
                documentType,
                documentId,
                text = "Seen",
            }
        );
        var followed = await clerk.Post(
            "/api/v1/followings",
            new
            {
                documentType,
                documentId,
                follow = true,
            }
        );
        var task = await clerk.Post("/api/v1/tasks", Task(documentType, documentId));
        using var photo = new ByteArrayContent([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]);
        using var attached = await clerk.Http.PutAsync(
            new Uri(
                $"/api/v1/attachments/{Guid.CreateVersion7()}?documentType={documentType}&documentId={documentId}&name=photo.png",
                UriKind.Relative
            ),
            photo,
            TestContext.Current.CancellationToken
        );

        Assert.True(said.Status == HttpStatusCode.Created, said.Text);
        Assert.True(followed.Json.GetProperty("following").GetBoolean());
        Assert.NotEqual("", task.Json.GetProperty("documentTitle").GetString());
        Assert.Equal(HttpStatusCode.OK, attached.StatusCode);
        var about = $"documentType={documentType}&documentId={documentId}";
        Assert.Equal(1, (await clerk.Get($"/api/v1/comments?{about}")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await clerk.Get($"/api/v1/attachments?{about}")).Json.GetProperty("items").GetArrayLength());
    }

    private static object Task(string documentType, string documentId) =>
        new
        {
            title = "Look at it",
            documentType,
            documentId,
        };
}
