using System.Globalization;
using Millrace.Host;

// Texts of the program itself never depend on the machine's language; screens format in the browser.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

try
{
    return args switch
    {
        ["serve", .. var flags] => await Serve.Run(flags),
        ["migrate"] => await Migrate.Run(),
        ["demo"] => await LoadDemo.Run(),
        ["demo", "--reset"] => await LoadDemo.Again(),
        ["verify"] => await Verify.Run(),
        ["trim-log"] => await OldLog.Trim(null),
        ["trim-log", var days] => await OldLog.Trim(days),
        ["read-log", .. var day] => await OldLog.Read(day),
        ["token", var client, var secret] => await Token.Run(client, secret),
        ["keys", "new"] => await Keys.New(),
        ["keys", "reseal"] => await Keys.Reseal(),
        ["backup"] => await Backup.Take(),
        ["restore", .. var flags] => await Backup.Restore(flags),
        ["drill"] => await Backup.Prove(),
        ["rebase"] => await Rebase.Run(),
        ["openapi"] => await OpenApiDocument.Print(),
        _ => Usage.Print(),
    };
}
catch (Exception failed) when (Advice.For(failed) is { } advice)
{
    Terminal.Error(advice);
    return 1;
}
