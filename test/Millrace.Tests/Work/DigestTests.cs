using Millrace.Work;

namespace Millrace.Tests;

public sealed class DigestTests(Server server)
{
    [Fact]
    public async Task What_is_unread_is_mailed_once_to_each_person_and_what_was_read_is_not()
    {
        await using var desk = await Desk.Start(server, "clerk boss second");
        await desk.Rule(100, Desk.Any(desk.Role("boss"), desk.Role("second")));
        var first = await desk.Waiting("clerk");
        var id = (await desk.As("second").Get("/api/v1/notifications")).Json.GetProperty("items")[0].GetProperty("id").GetGuid();
        await desk.As("second").Post("/api/v1/notifications/reading", new { NotificationIds = new[] { id } });

        Assert.Equal(1, await Send(desk));
        Assert.Equal(0, await Send(desk));
        await desk.Waiting("clerk");
        Assert.Equal(2, await Send(desk));

        var mails =
            "select string_agg(recipient || ' ' || (\"values\" ->> 'count'), ', ' order by recipient, mail_id) from kernel.mail";
        var tenant = desk.Factory.Tenant;
        Assert.Equal(
            $"boss@t{tenant}.example 1, boss@t{tenant}.example 1, second@t{tenant}.example 1",
            await desk.Open.Database.Superuser<string>(mails)
        );
        Assert.Equal(
            $"Onayınız bekleniyor: {first.GetProperty("number").GetString()}",
            await desk.Open.Database.Superuser<string>("select \"values\" ->> 'lines' from kernel.mail order by mail_id limit 1")
        );
        Assert.Equal(1, await desk.Open.Count("kernel.schedule where type = 'work.digest'"));
    }

    [Fact]
    public async Task Who_wants_no_mail_gets_none_and_what_came_meanwhile_is_not_mailed_later()
    {
        await using var desk = await Desk.Start(server, "clerk boss second");
        await desk.Rule(100, Desk.Any(desk.Role("boss"), desk.Role("second")));
        Assert.True((await desk.As("boss").Get("/api/v1/notifications/mail")).Json.GetProperty("digest").GetBoolean());

        var chosen = await desk.As("boss").Put("/api/v1/notifications/mail", new { digest = false });
        await desk.Waiting("clerk");
        Assert.False(chosen.Json.GetProperty("digest").GetBoolean());
        Assert.Equal(1, await Send(desk));
        Assert.Equal(0, await desk.Open.Count("kernel.mail where recipient like 'boss@%'"));

        await desk.As("boss").Put("/api/v1/notifications/mail", new { digest = true });
        Assert.Equal(0, await Send(desk));
        await desk.Waiting("clerk");
        Assert.Equal(2, await Send(desk));
    }

    private static async Task<int> Send(Desk desk)
    {
        await using var db = desk.Factory.Open();
        var mails = await SendDigest.Run(db);
        await db.Commit();
        return mails;
    }
}
