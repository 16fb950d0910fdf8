using System.CommandLine;
using Palermo.Authorities.Finding;
using Palermo.Authorities.Transfer;

namespace Palermo.Authorities;

/// <summary>The module's commands.</summary>
public static class AuthorityCommands
{
    /// <summary><c>palermo authorities …</c></summary>
    /// <param name="open">Opens the module on the record the command names.</param>
    public static IEnumerable<Command> All(Func<ParseResult, AuthoritiesModule> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return
        [
            new Command("authorities", "Who is competent in which state, for what, and how to reach them.")
            {
                FindAuthorities.Command(open), ExportAuthorities.Command(open), ImportAuthorities.Command(open),
            },
        ];
    }
}
