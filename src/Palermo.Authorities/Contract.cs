using Palermo.Data;
using Palermo.Kernel;
using Palermo.Treaties;

namespace Palermo.Authorities;

/// <summary>The Authorities module of one node: who is competent in which state, for what, and how to reach them.</summary>
/// <param name="treaties">The Treaties module: states, declarations, kinds.</param>
public sealed class AuthoritiesModule(TreatyModule treaties)
{
    /// <summary>The Treaties module.</summary>
    public TreatyModule Treaties { get; } = treaties;

    /// <summary>The node's record.</summary>
    public PalermoDatabase Database => Treaties.Database;

    /// <summary>The interface's texts.</summary>
    public Texts Texts => Treaties.Texts;

    /// <summary>The clock.</summary>
    public TimeProvider Clock => Treaties.Clock;
}
