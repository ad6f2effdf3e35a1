using Microsoft.Playwright;
using Millrace.Identity;

namespace Millrace.Tests;

/// <summary>Somebody new is invited, comes in, and takes a second factor; a program gets a key of its own.</summary>
[Collection(nameof(Browsing))]
public sealed class PeopleWalkTests(DemoSite site)
{
    private const string Email = "walker@pompa.example";
    private const string Password = "a password for walking";

    [Fact]
    public async Task Who_is_invited_joins_by_the_link_takes_a_second_factor_and_signs_in_with_its_code()
    {
        await using var head = await site.Visit();
        await head.Walk("/members");
        await head.At("invite").ClickAsync();
        await head.At("invite-email").FillAsync(Email);
        await head.At("invite-name").FillAsync("Yürüyen Kişi");
        await head.Choose("invite-role", "Warehouse");
        await head.At("invite-submit").ClickAsync();
        await head.At($"invitation-row-{Email}").GetByTestId("invitation-link").ClickAsync();
        var link = await head.At("shown-once").InputValueAsync();

        await using var person = await site.Stranger();
        await person.Page.GotoAsync(link);
        await person.At("password").FillAsync(Password);
        await person.Screenshot("walk-invitation");
        await person.At("submit").ClickAsync();
        await Assertions.Expect(person.At("joined")).ToContainTextAsync(Email);
        await SignIn(person);
        await person.Walk("/account");
        await person.At("begin-factor").ClickAsync();
        await person.At("proof").FillAsync(Password);
        await person.At("go-on").ClickAsync();
        var key = SecondFactorTests.FromBase32(await person.At("factor-key").InnerTextAsync());
        await person.Screenshot("walk-second-factor");
        await person.At("digits").FillAsync(Code(key, 0));
        await person.At("activate").ClickAsync();
        await Assertions.Expect(person.At("shown-once")).ToBeVisibleAsync();
        await Assertions.Expect(person.At("second-factor")).ToHaveAttributeAsync("data-active", "true");
        person.AssertContent();

        await using var again = await site.Stranger();
        await again.Page.GotoAsync("/sign-in");
        await Enter(again);
        await again.At("code").FillAsync(Code(key, 1));
        await again.Screenshot("walk-sign-in-code");
        await again.At("sign-in").ClickAsync();
        await Assertions.Expect(again.At("live-state")).ToHaveAttributeAsync("data-state", "live");
        again.AssertContent();
        head.AssertContent();
    }

    [Fact]
    public async Task A_program_gets_a_secret_and_comes_in_with_it_and_an_administrators_role_has_everything()
    {
        await using var head = await site.Visit();
        await head.Walk("/roles");
        await Assertions.Expect(head.At("role-row-Administrator")).ToContainTextAsync("Everything");
        await head.At("role-row-Administrator").GetByTestId("edit-role").ClickAsync();
        await Assertions.Expect(head.At("role-everything")).ToBeCheckedAsync();
        await head.Screenshot("walk-role");
        await head.Page.Keyboard.PressAsync("Escape");

        await head.Walk("/clients");
        await head.At("new-client").ClickAsync();
        await head.At("client-name").FillAsync("Label printer");
        await head.At("permission-catalog.item.read").CheckAsync();
        await head.Screenshot("walk-client");
        await head.At("client-submit").ClickAsync();
        var row = head.At("client-row-Label printer");
        await row.GetByTestId("fresh-secret").ClickAsync();
        await head.At("confirm").ClickAsync();
        var shown = (await head.At("shown-once").InputValueAsync()).Split('\n').Select(line => line.Split('=', 2)[1]).ToList();

        using var program = await ApiClient.Authorize(site.Url, new CreateClient.Result(shown[0], shown[1]));
        Assert.Equal(200, (int)(await program.Get("/api/v1/items")).Status);
        Assert.Equal(403, (int)(await program.Get("/api/v1/members")).Status);
        await head.Page.Keyboard.PressAsync("Escape");

        await head.Walk("/jobs?of=installation");
        await head.Screenshot("walk-jobs-of-installation");
        await Assertions.Expect(head.At("schedule-row-log.trim")).ToBeVisibleAsync();
        await head.Walk("/approval-rules");
        await head.At("new-rule").ClickAsync();
        await Assertions.Expect(head.At("rule-save")).ToBeVisibleAsync();
        await head.Screenshot("walk-rule");
        head.AssertContent();
    }

    private static string Code(byte[] key, int ahead) => Totp.Code(key, Totp.StepAt(TimeProvider.System.GetUtcNow()) + ahead);

    private static async Task Enter(Visitor visitor)
    {
        await visitor.At("email").FillAsync(Email);
        await visitor.At("password").FillAsync(Password);
        await visitor.At("sign-in").ClickAsync();
    }

    private static async Task SignIn(Visitor visitor)
    {
        await visitor.Page.GotoAsync("/sign-in");
        await Enter(visitor);
        await Assertions.Expect(visitor.At("live-state")).ToHaveAttributeAsync("data-state", "live");
    }
}
