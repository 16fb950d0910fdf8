namespace Palermo.Kernel;

/// <summary>A legal source: an instrument's article and paragraph, as lawyers cite it.</summary>
/// <param name="Instrument">The instrument's identifier, such as <c>untoc</c>, or another treaty's abbreviation, such as <c>VCLT</c>.</param>
/// <param name="Provision">The article and paragraph, such as <c>18(7)</c>.</param>
public readonly record struct Citation(string Instrument, string Provision)
{
    /// <summary>The citation in one line, <c>untoc art. 18(7)</c>, for programs.</summary>
    public override string ToString() => $"{Instrument} art. {Provision}";
}
