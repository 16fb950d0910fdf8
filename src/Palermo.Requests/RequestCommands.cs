using System.CommandLine;

namespace Palermo.Requests;

/// <summary>The module's commands.</summary>
public static class RequestCommands
{
    /// <summary>The commands.</summary>
    /// <param name="open">Opens the module on the record the command names.</param>
    public static IEnumerable<Command> All(Func<ParseResult, RequestsModule> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return [];
    }
}
