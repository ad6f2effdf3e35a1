using System.Security.Cryptography;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class SecretsTests(Server server)
{
    private static readonly SecretKey Old = new("old", RandomNumberGenerator.GetBytes(32));
    private static readonly SecretKey New = new("new", RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void What_is_sealed_opens_for_its_purpose_only()
    {
        var secrets = new Secrets([Old]);
        var box = secrets.Seal("şifre-123", "mail.smtp/1");

        Assert.Equal("şifre-123", secrets.Open(box, "mail.smtp/1"));
        Assert.ThrowsAny<CryptographicException>(() => secrets.Open(box, "mail.smtp/2"));
        Assert.NotEqual(box, secrets.Seal("şifre-123", "mail.smtp/1"));
    }

    [Fact]
    public void A_changed_byte_anywhere_is_found()
    {
        var secrets = new Secrets([Old, New]);
        var box = secrets.Seal("secret", "p");

        for (var at = 0; at < box.Length; at++)
        {
            var changed = (byte[])box.Clone();
            changed[at] ^= 1;
            Assert.ThrowsAny<Exception>(() => secrets.Open(changed, "p"));
            Assert.ThrowsAny<Exception>(() => secrets.Open(box[..at], "p"));
        }
    }

    [Fact]
    public void The_newest_key_seals_all_known_ones_open_and_a_missing_one_is_named()
    {
        var before = new Secrets([Old]).Seal("kept", "p");
        var rotated = new Secrets([Old, New]);

        Assert.Equal("kept", rotated.Open(before, "p"));
        Assert.Equal("new", Secrets.KeyOf(rotated.Seal("later", "p")));
        var missing = Assert.Throws<BadKeys>(() => new Secrets([New]).Open(before, "p"));
        Assert.Contains("the key old", missing.Message, StringComparison.Ordinal);
        Assert.Equal("secrets.no_key", Assert.Throws<Refused>(() => new Secrets([]).Seal("x", "p")).Code);
    }

    [Fact]
    public async Task A_key_file_is_made_private_grows_by_new_keys_and_is_refused_when_others_may_read_it()
    {
        var folder = Directory.CreateTempSubdirectory("mr-keys");
        var file = Path.Combine(folder.FullName, "keys");

        var first = SecretKeys.Append(file);
        var second = SecretKeys.Append(file);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
        Assert.Equal([first, second], SecretKeys.Read(file).Select(key => key.Id));
        foreach (var mode in (string[])["640", "604", "602", "644", "777"])
        {
            await Chmod(file, mode);
            var refused = Assert.Throws<BadKeys>(() => SecretKeys.Read(file));
            Assert.Contains("chmod 600", refused.Message, StringComparison.Ordinal);
        }
        folder.Delete(recursive: true);
        Assert.Contains("is missing", Assert.Throws<BadKeys>(() => SecretKeys.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("k1:")]
    [InlineData("k1:AAAA")]
    [InlineData("k 1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Keys_that_cannot_be_used_are_said_to_be_so(string text) =>
        Assert.Throws<BadKeys>(() => SecretKeys.Parse(text, "the test"));

    [Fact]
    public async Task Sealing_again_takes_every_tenant_to_the_newest_key_while_passwords_are_changed_and_read()
    {
        await using var database = await server.NewDatabase();
        var factories = new[] { await Factory.Make(database.Dbs, "One"), await Factory.Make(database.Dbs, "Two") };
        var (old, both) = (new Secrets([Old]), new Secrets([Old, New]));
        foreach (var factory in factories)
            await Save(factory, old, "first", version: 1);

        var column = new SealAgain(database.Databases, database.Dbs, both, MailAccounts.Columns);
        await Task.WhenAll(
            column.Run(),
            ChangeOften(factories[0], both),
            ChangeOften(factories[1], both),
            ReadOften(factories[0], both),
            ReadOften(factories[1], both)
        );
        await column.Run();

        Assert.Equal(0, await column.Run());
        // The old key may go.
        foreach (var factory in factories)
        {
            await using var db = factory.Open();
            var account = await MailAccounts.Server(db, new Secrets([New]), factory.Company);
            Assert.StartsWith("changed", account!.Password, StringComparison.Ordinal);
        }
    }

    private static async Task Chmod(string file, string mode)
    {
        using var chmod = System.Diagnostics.Process.Start("/bin/chmod", [mode, file]);
        await chmod.WaitForExitAsync();
    }

    private static async Task ChangeOften(Factory factory, Secrets secrets)
    {
        for (var at = 0; at < 10; at++)
        {
            await using var db = factory.Open();
            var known = await MailAccounts.Of(db, factory.Company);
            await db.Commit();
            await Save(factory, secrets, $"changed {at}", known!.Version);
        }
    }

    // Sealed with either key, never half of each.
    private static async Task ReadOften(Factory factory, Secrets secrets)
    {
        for (var at = 0; at < 30; at++)
        {
            await using var db = factory.Open();
            var account = await MailAccounts.Server(db, secrets, factory.Company);
            Assert.Matches("^(first|changed [0-9])$", account!.Password);
        }
    }

    private static async Task Save(Factory factory, Secrets secrets, string password, int version)
    {
        await using var db = factory.Open();
        var change = new MailAccounts.Change("h", 25, "none", "u", password, "a@b.example", "", "h", 143, "none", "u", password);
        Assert.NotNull(await MailAccounts.Save(db, secrets, factory.Company, change, version));
        await db.Commit();
    }
}
