namespace Millrace.Kernel;

/// <summary>How bad a figure is: a person sees green, amber or red.</summary>
public enum Level
{
    Green,
    Amber,
    Red,
}

/// <summary>
/// One thing that can be wrong with the installation: its figure in a sample (none when it does not apply here), from where on
/// it is amber and red, and how long it must be so before somebody is told. The sentences say what it means and what to do.
/// </summary>
public sealed record AlertRule(
    string Name,
    string Severity,
    string Unit,
    decimal Amber,
    decimal Red,
    TimeSpan For,
    Func<Figures, decimal?> Figure,
    string English,
    string Turkish
)
{
    /// <summary>Little is bad, such as what is left of a disk.</summary>
    public bool LittleIsBad => Red < Amber;

    public Level Of(decimal figure) =>
        Beyond(figure, Red) ? Level.Red
        : Beyond(figure, Amber) ? Level.Amber
        : Level.Green;

    private bool Beyond(decimal figure, decimal bound) => LittleIsBad ? figure <= bound : figure >= bound;
}
