using System.Net;
using System.Text.Json;
using Millrace.Inventory;
using Millrace.Work;

namespace Millrace.Tests;

public sealed class CommentTests(Server server)
{
    [Fact]
    public async Task Who_is_mentioned_and_who_follows_is_told_once_and_the_author_is_not()
    {
        await using var desk = await Desk.Start(server, "clerk boss third");
        var document = await desk.Adjust("clerk", -1);

        await Say(desk, "clerk", document, "@boss please look", desk.Person("boss"));
        await Say(desk, "boss", document, "I have looked");
        await Follow(desk, "third", document, follow: true);
        await Say(desk, "boss", document, "and again");
        await Follow(desk, "clerk", document, follow: false);
        await Say(desk, "boss", document, "nobody but the third hears this");

        Assert.Equal(["mention @boss please look"], await Told(desk, "boss"));
        Assert.Equal(["comment and again", "comment I have looked"], await Told(desk, "clerk"));
        Assert.Equal(["comment nobody but the third hears this", "comment and again"], await Told(desk, "third"));
        var thread = (await desk.As("third").Get(Path(document))).Json;
        Assert.Equal(4, thread.GetProperty("items").GetArrayLength());
        Assert.True(thread.GetProperty("following").GetBoolean());
    }

    [Fact]
    public async Task Nobody_is_mentioned_who_may_not_see_the_document_and_nobody_reads_it_without_the_right()
    {
        await using var desk = await Desk.Start(server, "clerk");
        var outsider = await desk.Factory.AddPerson("outsider", [WorkPermissions.Use]);
        using var client = await desk.Open.App.SignIn(outsider);
        var id = await desk.Open.Database.Superuser<Guid>("select person_id from identity.member where name = 'outsider'");
        var document = await desk.Adjust("clerk", -1);

        var mentioned = await Say(desk, "clerk", document, "@outsider", id);
        Assert.Equal((HttpStatusCode.Conflict, "comment.may_not_see"), (mentioned.Status, mentioned.Code));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.Get(Path(document))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.Post("/api/v1/comments", Body(document, "I may not", []))).Status);
        Assert.Equal(0, await desk.Open.Count("work.comment"));
    }

    [Fact]
    public async Task A_screen_is_told_at_once_that_there_is_something_to_read_but_not_what()
    {
        await using var desk = await Desk.Start(server, "clerk boss", work: true);
        var document = await desk.Adjust("clerk", -1);
        await using var screen = await LiveScreen.Open(desk.Open.App.Url, desk.Open.Api, since: null);

        await Say(desk, "clerk", document, "@boss a secret", desk.Person("boss"));

        await Eventually.True(
            () => Task.FromResult(screen.Events.Any(one => one.Type == "PeopleNotified")),
            "the screen hears of it"
        );
        Assert.DoesNotContain(screen.Events, one => one.Data.GetRawText().Contains("secret", StringComparison.Ordinal));
        var counts = (await desk.As("boss").Get("/api/v1/notifications/counts")).Json;
        Assert.Equal(1, counts.GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task Notifications_are_read_by_their_owner_only()
    {
        await using var desk = await Desk.Start(server, "clerk boss");
        var document = await desk.Adjust("clerk", -1);
        await Say(desk, "clerk", document, "@boss look", desk.Person("boss"));
        var id = (await desk.As("boss").Get("/api/v1/notifications")).Json.GetProperty("items")[0].GetProperty("id");
        object body = new { NotificationIds = new[] { id.GetGuid() } };

        Assert.Equal(HttpStatusCode.NotFound, (await desk.As("clerk").Post("/api/v1/notifications/reading", body)).Status);
        var read = await desk.As("boss").Post("/api/v1/notifications/reading", body);
        Assert.Equal(0, read.Json.GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task Who_can_decide_is_told_when_asked_and_who_asked_is_told_the_outcome()
    {
        await using var desk = await Desk.Start(server, "clerk boss deputy");
        await desk.Rule(100, Desk.Any(desk.Role("boss")));
        await desk.Delegate("boss", "deputy");
        var waiting = await desk.Waiting("clerk");
        await desk.Decide("boss", waiting, "reject");

        Assert.Equal(["asked"], await Told(desk, "boss"));
        Assert.Equal(["asked"], await Told(desk, "deputy"));
        Assert.Equal(["rejected seen"], await Told(desk, "clerk"));
    }

    private static string Path(Answer document) =>
        $"/api/v1/comments?documentType={Adjustments.DocumentType}&documentId={Desk.IdOf(document.Json)}";

    private static object Body(Answer document, string text, Guid[] mentions) =>
        new
        {
            Adjustments.DocumentType,
            DocumentId = Desk.IdOf(document.Json),
            Text = text,
            Mentions = mentions,
        };

    private static Task<Answer> Say(Desk desk, string name, Answer document, string text, params Guid[] mentions) =>
        desk.As(name).Post("/api/v1/comments", Body(document, text, mentions));

    private static async Task Follow(Desk desk, string name, Answer document, bool follow) =>
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await desk.As(name)
                    .Post(
                        "/api/v1/followings",
                        new
                        {
                            Adjustments.DocumentType,
                            DocumentId = Desk.IdOf(document.Json),
                            Follow = follow,
                        }
                    )
            ).Status
        );

    private static async Task<string[]> Told(Desk desk, string name) =>
        [
            .. (await desk.As(name).Get("/api/v1/notifications"))
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(one => $"{one.GetProperty("kind").GetString()} {one.GetProperty("text").GetString()}".TrimEnd()),
        ];
}
