using Palermo.Data;
using Palermo.Kernel;

namespace Palermo.Access;

/// <summary>The Access module of one node: organizations, people, sign-in, tokens and the audit trail.</summary>
/// <param name="database">The node's record.</param>
/// <param name="texts">The interface's texts.</param>
/// <param name="clock">The clock.</param>
public sealed class AccessModule(PalermoDatabase database, Texts texts, TimeProvider clock)
{
    /// <summary>The node's record.</summary>
    public PalermoDatabase Database { get; } = database;

    /// <summary>The interface's texts.</summary>
    public Texts Texts { get; } = texts;

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; } = clock;
}
