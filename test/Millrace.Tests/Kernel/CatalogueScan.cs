namespace Millrace.Tests;

/// <summary>Reads the catalogue of a database and says where the wall between tenants has a hole.</summary>
internal static class CatalogueScan
{
    private const string Policy = "(tenant_id = ( SELECT kernel.tenant() AS tenant))";
    private const string Ours = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'";

    /// <summary>Tables without a tenant; each needs its reason.</summary>
    internal static readonly IReadOnlyDictionary<string, string> WithoutTenant = new Dictionary<string, string>
    {
        ["kernel.event_pos"] = "The order of the log is one for the installation; it holds ids and no content.",
        ["kernel.lease"] = "Who leads is a matter of processes.",
        ["kernel.cursor"] = "A lane of a consumer carries many tenants.",
        ["kernel.attempt"] = "Counts crashes of a lane, by position.",
        ["kernel.audit_look"] = "The audit of all tenants is looked at together; it holds snapshots and no content.",
        ["kernel.sample"] = "Figures of the installation: sizes, lags and counts, nothing of a tenant.",
        ["kernel.alert"] = "Alerts are about the installation.",
        ["kernel.migration"] = "The schema is one for the installation.",
        ["kernel.cluster"] = "Which server wrote the log is one for the installation.",
        ["kernel.log_break"] = "The positions of the log are one for the installation.",
        ["kernel.backup"] = "A backup holds the whole installation.",
        ["kernel.partition_plan"] = "The schema is one for the installation.",
        ["inventory.stock_day_done"] = "Until which day the days of all tenants are written: one date.",
        ["identity.person"] = "A person signs in before a tenant is known; the app's role has no right on it.",
        ["identity.person_tenant"] = "Which tenants a person may choose at sign-in; the app's role has no right on it.",
        ["identity.sign_in_guard"] = "Counts attempts before anybody is known; hashes and numbers.",
        ["identity.right_change"] = "Every process reads what to forget, of all tenants; ids only.",
        ["identity.second_factor"] = "A person's, as the password is; sealed.",
        ["identity.recovery_code"] = "A person's, as the password is; hashes.",
        ["identity.password_reset"] = "Asked for before a tenant is known; hashes.",
        ["identity.external_sign_in"] = "Somebody is on the way to the provider and back; nobody is known yet.",
        ["identity.signing_key"] = "Tokens of all tenants are signed by the installation.",
    };

    /// <summary>Policies beside the tenant's; none of them speaks for the app or for reports.</summary>
    private static readonly string[] OtherPolicies =
    [
        "relay on kernel.event for millrace_relay", // the sequencer reads the log of all tenants
        "relay on kernel.parked for millrace_relay", // parked events are tried again by lane, not by tenant
        "sweep on kernel.answer for millrace_owner", // only what is older than a day
        "sweep on identity.session for millrace_owner", // only what ran out a month ago
        "sweep on identity.authorization_code for millrace_owner", // only what ran out a month ago
        "sweep on identity.refresh_token for millrace_owner", // only what ran out a month ago
        "work on kernel.job for millrace_owner", // workers take what is due of all tenants, through four functions
        "work on kernel.schedule for millrace_owner", // which schedules of all tenants are due, through one function
        "write on kernel.audit for millrace_owner", // the trigger alone writes it, also for a change by hand
        "relay on kernel.audit for millrace_relay", // the chain is made for all tenants
        "relay on kernel.audit_block for millrace_relay", // the chain is made for all tenants
        "search on kernel.search_entry for millrace_owner", // its trigger writes it, two functions read it within the tenant
        "keys on kernel.person_key for millrace_owner", // the trigger seals, one function opens within the tenant
        "everything on identity.role for millrace_owner", // only the roles that have everything, through one function
        "everything_given on identity.role_permission for millrace_owner", // what they lack, through the same
        "everything_seen on identity.role_permission for millrace_owner", // what they lack, through the same
        "owner_lists on company.tenant for millrace_owner", // bin/verify walks through all tenants
    ];

    /// <summary>Keys that cannot begin with the tenant; each needs its reason.</summary>
    private static readonly string[] OtherKeys =
    [
        "event_pkey on kernel.event", // the log's order is by day and id; the tenant is a column under policy
    ];

    internal static readonly string[] AppendOnly =
    [
        "kernel.event",
        "kernel.event_pos",
        "kernel.audit",
        "kernel.audit_block",
        "kernel.audit_look",
        "inventory.movement",
        "accounting.voucher",
        "accounting.voucher_line",
        "work.approval_history",
    ];

    internal static async Task<IReadOnlyList<string>> Holes(TestDatabase database)
    {
        var holes = new List<string>();
        foreach (var statement in (string[])[Unforced, Policies, Keys, Owners, Powers, Views, Definers, Rewritable, Grants])
            holes.AddRange(
                await database.Superuser<string[]>(
                    $"select coalesce(array_agg(hole order by hole), '{{}}') from ({statement}) h (hole)"
                )
            );
        return holes;
    }

    private static string Listed(IEnumerable<string> names) => $"({string.Join(", ", names.Select(name => $"'{name}'"))})";

    private static string Table => "n.nspname || '.' || c.relname";

    // A partition stands for its parent in the lists.
    private static string Root =>
        "(select rn.nspname || '.' || rc.relname from pg_class rc join pg_namespace rn on rn.oid = rc.relnamespace"
        + " where rc.oid = coalesce((select inhparent from pg_inherits where inhrelid = c.oid), c.oid))";

    private static string Unforced =>
        $"""
            select {Table} || ': row-level security is not forced' from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where {Ours} and c.relkind in ('r', 'p', 'm', 'f') and {Root} not in {Listed(WithoutTenant.Keys)}
                and not (c.relrowsecurity and c.relforcerowsecurity)
            """;

    private static string Policies =>
        $"""
            select {Table} || ': no policy of the form {Policy}' from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where {Ours} and c.relkind in ('r', 'p') and {Root} not in {Listed(WithoutTenant.Keys)}
                and not exists (select from pg_policy p
                where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*' and p.polroles = array[0::oid]
                    and pg_get_expr(p.polqual, p.polrelid) = '{Policy}' and pg_get_expr(p.polwithcheck, p.polrelid) = '{Policy}')
            union all
            select format('policy %s on %s for %s is not on the list', p.polname, {Table}, roles) from pg_policy p
            join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
            cross join lateral (
            select coalesce(string_agg(r.rolname, ', ' order by r.rolname), 'public') from pg_roles r
            where r.oid = any (p.polroles)) r (roles)
            where format('%s on %s for %s', p.polname, {Table}, roles) not in {Listed(OtherPolicies)}
                and not (p.polname = 'tenant' and pg_get_expr(p.polqual, p.polrelid) = '{Policy}' and roles = 'public')
            """;

    private static string Keys =>
        $"""
            select format('%s on %s does not begin with tenant_id', i.relname, {Table}) from pg_index x
            join pg_class i on i.oid = x.indexrelid
            join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
            where {Ours} and x.indisunique and not c.relispartition and {Root} not in {Listed(WithoutTenant.Keys)}
                and format('%s on %s', i.relname, {Table}) not in {Listed(OtherKeys)}
                and (select attname from pg_attribute a where a.attrelid = c.oid and a.attnum = x.indkey[0])
                 is distinct from 'tenant_id'
            union all
            select format('%s on %s does not refer by tenant_id first', k.conname, {Table}) from pg_constraint k
            join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
            where {Ours} and k.contype = 'f' and {Root} not in {Listed(WithoutTenant.Keys)}
                and (select attname from pg_attribute a where a.attrelid = k.conrelid and a.attnum = k.conkey[1])
                 is distinct from 'tenant_id'
            """;

    private static string Owners =>
        $"""
            select format('%s belongs to %s', {Table}, r.rolname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_roles r on r.oid = c.relowner where {Ours} and r.rolname <> 'millrace_owner'
            union all
            select format('function %s belongs to %s', p.proname, r.rolname)
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
            where {Ours} and r.rolname <> 'millrace_owner'
                and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
            union all
            select format('schema %s belongs to %s', n.nspname, r.rolname)
            from pg_namespace n join pg_roles r on r.oid = n.nspowner
            where {Ours} and n.nspname <> 'public' and r.rolname <> 'millrace_owner'
            """;

    private const string Powers = """
        select rolname || ' has more than a role needs' from pg_roles
        where rolname like 'millrace%'
            and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolcanlogin)
        union all
        select format('%s may act as %s', m.rolname, r.rolname) from pg_auth_members a
            join pg_roles r on r.oid = a.roleid join pg_roles m on m.oid = a.member where m.rolname like 'millrace%'
        """;

    private static string Views =>
        $"""
            select {Table} || ' is a view without security_invoker' from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where {Ours} and c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false)
            """;

    // Each is a door in the wall: short, with its own search path, and not for everybody.
    private static string Definers =>
        $"""
            select format('function %s.%s runs as its owner and is not on the list, or for everybody, or without a search path',
            n.nspname, p.proname)
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where {Ours} and p.prosecdef and (
                n.nspname || '.' || p.proname not in (
                'kernel.make_partitions_ahead', 'kernel.sweep_answers', 'kernel.take_jobs', 'kernel.keep_jobs',
                    'kernel.reclaim_jobs', 'kernel.sweep_jobs', 'kernel.due_schedules', 'kernel.job_figures',
                    'kernel.cluster_state', 'kernel.rebase',
                    'identity.person_by_email',
                    'kernel.seal_personal', 'kernel.open_personal', 'kernel.erase_person', 'kernel.audit_row',
                    'kernel.audit_statement',
                    'identity.tenants_of', 'identity.join_tenant', 'identity.sweep_sessions',
                    'identity.leave_tenant', 'identity.password_of', 'identity.change_password', 'identity.sweep_tokens',
                    'identity.give_everything', 'kernel.follow_search', 'kernel.found', 'kernel.search',
                    'inventory.close_stock_day')
                or p.proconfig is null or has_function_privilege('public', p.oid, 'execute'))
            """;

    private static string Rewritable =>
        $"""
            select format('%s may %s %s', role, right_name, {Table}) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            cross join unnest(array['millrace_app', 'millrace_relay', 'millrace_report']) role
            cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) right_name
            where {Ours} and c.relkind in ('r', 'p') and {Root} in {Listed(
                AppendOnly
            )} and (has_table_privilege(role, c.oid, right_name)
                or case when right_name = 'UPDATE' then has_any_column_privilege(role, c.oid, right_name) else false end)
            """;

    // Nobody may empty a table, and nobody but the relay may do anything in a partition past its parent.
    private static string Grants =>
        $"""
            select format('%s may truncate %s', role, {Table}) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            cross join unnest(array['millrace_app', 'millrace_relay', 'millrace_report', 'public']) role
            where {Ours} and c.relkind in ('r', 'p') and has_table_privilege(role, c.oid, 'TRUNCATE')
            union all
            select format('everybody may read %s', {Table}) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where {Ours} and c.relkind in ('r', 'p', 'v') and has_table_privilege('public', c.oid, 'SELECT')
            union all
            select format('the app may read %s past its functions', {Table})
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where {Table} in ('identity.person', 'identity.person_tenant')
            and has_table_privilege('millrace_app', c.oid, 'SELECT')
            """;
}
