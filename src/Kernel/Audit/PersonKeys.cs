namespace Millrace.Kernel;

/// <summary>The keys with which the audit seals what is known of a person.</summary>
public static class PersonKeys
{
    /// <summary>
    /// Destroys the keys of these: what the audit has of them stays closed for good, and its chain goes on to verify.
    /// </summary>
    public static Task<int> Destroy(Db db, IEnumerable<Guid> people) =>
        db.Execute($"select kernel.erase_person(id) from unnest({people.Distinct().Order().ToArray()}) as p (id)");
}
