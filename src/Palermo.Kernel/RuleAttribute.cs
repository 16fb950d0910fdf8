namespace Palermo.Kernel;

/// <summary>Marks a pure function that answers one legal question; <c>docs/rules/</c> is generated from it.</summary>
/// <param name="id">Stable number of the rule, for example <c>TR-01</c>.</param>
/// <param name="question">The question in a few words.</param>
/// <param name="source">Instruments, articles and paragraphs the rule rests on.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RuleAttribute(string id, string question, string source) : Attribute
{
    /// <summary>Stable number of the rule.</summary>
    public string Id { get; } = id;

    /// <summary>The question the rule answers.</summary>
    public string Question { get; } = question;

    /// <summary>Instruments, articles and paragraphs the rule rests on.</summary>
    public string Source { get; } = source;
}
