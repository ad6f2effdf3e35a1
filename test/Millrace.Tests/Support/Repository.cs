namespace Millrace.Tests;

/// <summary>Where the sources are.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Millrace.slnx")))
                return at.FullName;
        throw new InvalidOperationException("The tests run inside the repository.");
    }
}
