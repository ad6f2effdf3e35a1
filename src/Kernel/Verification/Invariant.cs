namespace Millrace.Kernel;

/// <summary>
/// Something that must always hold, as a statement that returns one sentence per violation.
/// Of a tenant it runs once per tenant behind the wall; of the installation it runs once, over the tables without a tenant.
/// </summary>
public sealed record Invariant(string Name, SqlFile Violations, bool PerTenant = true);

/// <summary>An invariant that does not hold, with a sentence for each place.</summary>
public sealed record Violation(string Invariant, int? Tenant, string Sentence);
