namespace Millrace.Tests;

/// <summary>Numbers that look thrown but are the same in every run.</summary>
public sealed class Dice(uint seed)
{
    private uint _state = (seed * 2654435761u) | 1;

    /// <summary>From nothing up to, but not including, <paramref name="below"/>.</summary>
    public int Throw(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state % (uint)below);
    }
}
