using System.CommandLine;

namespace Palermo.Authorities;

/// <summary>The module's commands.</summary>
public static class AuthorityCommands
{
    /// <summary>The commands.</summary>
    /// <param name="open">Opens the module on the record the command names.</param>
    public static IEnumerable<Command> All(Func<ParseResult, AuthoritiesModule> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return [];
    }
}
