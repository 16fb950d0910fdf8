using System.CommandLine;

namespace Palermo.Access;

/// <summary>The module's commands.</summary>
public static class AccessCommands
{
    /// <summary>The commands.</summary>
    /// <param name="open">Opens the module on the record the command names.</param>
    public static IEnumerable<Command> All(Func<ParseResult, AccessModule> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return [];
    }
}
