using System.CommandLine;

namespace Palermo.Commands;

internal static class Serve
{
    internal static Command Command(Option<string> data) => new("serve", "Serve.") { };
    internal static Command Demo(Option<string> data) => new("demo", "Demo.") { };
}
