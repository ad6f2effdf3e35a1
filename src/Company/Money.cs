namespace Millrace.Company;

/// <summary>Amounts are rounded half away from zero to the currency's minor unit, once per document line.</summary>
public static class Money
{
    public static decimal Round(decimal amount, int minorDigits) =>
        decimal.Round(amount, minorDigits, MidpointRounding.AwayFromZero);
}
