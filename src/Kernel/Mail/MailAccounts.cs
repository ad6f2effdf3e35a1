namespace Millrace.Kernel;

/// <summary>The mail server of a company and the mailbox of its returned mails; passwords are kept sealed.</summary>
public static class MailAccounts
{
    /// <summary>As it is shown: that there is a password, never which.</summary>
    public sealed record Account(
        string Host,
        int Port,
        string Security,
        string Username,
        bool HasPassword,
        string FromAddress,
        string FromName,
        string ImapHost,
        int ImapPort,
        string ImapSecurity,
        string ImapUsername,
        bool HasImapPassword,
        int Version
    );

    /// <summary>As it is written: a password that is left out stays as it is.</summary>
    public sealed record Change(
        string Host,
        int Port,
        string Security,
        string Username,
        string? Password,
        string FromAddress,
        string FromName,
        string ImapHost,
        int ImapPort,
        string ImapSecurity,
        string ImapUsername,
        string? ImapPassword
    );

    private sealed record Kept(
        string Host,
        int Port,
        string Security,
        string Username,
        byte[]? Password,
        string FromAddress,
        string FromName,
        string ImapHost,
        int ImapPort,
        string ImapSecurity,
        string ImapUsername,
        byte[]? ImapPassword,
        Guid CompanyId
    );

    private sealed record Box(Guid CompanyId, byte[] Sealed);

    public static Task<Account?> Of(Db db, Guid company) =>
        db.Find<Account>(
            $"""
            select host, port, security, username, password is not null as has_password, from_address, from_name,
                imap_host, imap_port, imap_security, imap_username, imap_password is not null as has_imap_password, version
            from kernel.mail_account where company_id = {company}
            """
        );

    /// <summary>Writes it if it still has the version that was read (1: there was none), or answers with nothing.</summary>
    public static async Task<Account?> Save(Db db, Secrets secrets, Guid company, Change change, int version)
    {
        var (smtp, imap) = (
            Sealed(change.Password, SmtpPurpose(db, company)),
            Sealed(change.ImapPassword, ImapPurpose(db, company))
        );
        var written = await db.Execute(
            $"""
            insert into kernel.mail_account as a (tenant_id, company_id, host, port, security, username, password,
                from_address, from_name, imap_host, imap_port, imap_security, imap_username, imap_password, version)
            select {db.Scope.Tenant}, {company}, {change.Host}, {change.Port}, {change.Security}, {change.Username},
                case when {change.Username} <> '' then coalesce({smtp}, k.password) end,
                {change.FromAddress}, {change.FromName}, {change.ImapHost}, {change.ImapPort}, {change.ImapSecurity},
                {change.ImapUsername}, case when {change.ImapHost} <> '' then coalesce({imap}, k.imap_password) end, 2
            from (select) one left join kernel.mail_account k on k.company_id = {company}
            where {version} = coalesce(k.version, 1)
            on conflict (tenant_id, company_id) do update set host = excluded.host, port = excluded.port,
                security = excluded.security, username = excluded.username,
                password = excluded.password,
                from_address = excluded.from_address, from_name = excluded.from_name, imap_host = excluded.imap_host,
                imap_port = excluded.imap_port, imap_security = excluded.imap_security, imap_username = excluded.imap_username,
                imap_password = excluded.imap_password,
                version = a.version + 1
            where a.version = {version}
            """
        );
        return written == 1 ? await Of(db, company) : null;

        byte[]? Sealed(string? password, string purpose) => password is null ? null : secrets.Seal(password, purpose);
    }

    /// <summary>The server for a company's mails; for mails of no company, that of the first one that has any.</summary>
    internal static async Task<MailServer?> Server(Db db, Secrets secrets, Guid? company) =>
        await Find(db, company) is { } kept
            ? new MailServer(
                kept.Host,
                kept.Port,
                kept.Security,
                kept.Username,
                kept.Password is null ? "" : secrets.Open(kept.Password, SmtpPurpose(db, kept.CompanyId)),
                kept.FromAddress,
                kept.FromName
            )
            : null;

    /// <summary>The mailbox to which mails of a company come back, if it has one.</summary>
    internal static async Task<Mailbox?> Returned(Db db, Secrets secrets, Guid company) =>
        await Find(db, company) is { ImapHost.Length: > 0, ImapPassword: not null } kept
            ? new Mailbox(
                kept.ImapHost,
                kept.ImapPort,
                kept.ImapSecurity == "tls",
                kept.ImapUsername,
                secrets.Open(kept.ImapPassword, ImapPurpose(db, company))
            )
            : null;

    internal static IEnumerable<SealedColumn> Columns =>
        [
            new(
                "kernel.mail_account.password",
                async (db, after) =>
                    (
                        await db.Query<Box>(
                            $"""
                            select company_id, password as sealed from kernel.mail_account
                            where company_id > {after} and password is not null order by company_id limit 500
                            """
                        )
                    ).ConvertAll(row => new SealedRow(row.CompanyId, SmtpPurpose(db, row.CompanyId), row.Sealed)),
                (db, row, box) =>
                    db.Execute(
                        $"update kernel.mail_account set password = {box} where company_id = {row.Id} and password = {row.Box}"
                    )
            ),
            new(
                "kernel.mail_account.imap_password",
                async (db, after) =>
                    (
                        await db.Query<Box>(
                            $"""
                            select company_id, imap_password as sealed from kernel.mail_account
                            where company_id > {after} and imap_password is not null order by company_id limit 500
                            """
                        )
                    ).ConvertAll(row => new SealedRow(row.CompanyId, ImapPurpose(db, row.CompanyId), row.Sealed)),
                (db, row, box) =>
                    db.Execute(
                        $"""
                        update kernel.mail_account set imap_password = {box}
                        where company_id = {row.Id} and imap_password = {row.Box}
                        """
                    )
            ),
        ];

    private static Task<Kept?> Find(Db db, Guid? company) =>
        db.Find<Kept>(
            $"""
            select host, port, security, username, password, from_address, from_name,
                imap_host, imap_port, imap_security, imap_username, imap_password, company_id
            from kernel.mail_account where company_id = coalesce({company}, company_id) order by company_id limit 1
            """
        );

    private static string SmtpPurpose(Db db, Guid company) => $"mail.smtp/{db.Scope.Tenant}/{company}";

    private static string ImapPurpose(Db db, Guid company) => $"mail.imap/{db.Scope.Tenant}/{company}";
}
