namespace Millrace.Kernel;

/// <summary>What people read, in the two languages of the screens.</summary>
public sealed record Words(string English, string Turkish)
{
    public string In(string? language) => language == "tr" ? Turkish : English;
}
