using System.CommandLine;
using System.Text.Json;
using Palermo.Kernel;

namespace Palermo.Access.Trail;

/// <summary><c>palermo audit verify</c> and <c>palermo audit export</c>.</summary>
internal static class AuditCommands
{
    internal static Command Verify(Func<ParseResult, AccessModule> open)
    {
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var head = new Option<string>("--head") { Description = "Number and hash of an entry as an earlier run printed them, NUMBER:HASH; then a trail cut off at its end, or written anew, is seen too." };
        var command = new Command("verify", "Proves the audit trail unbroken, or names the first broken link (exit 1).") { json, head };
        command.SetAction(result =>
        {
            var module = open(result);
            var check = VerifyAudit.Run(module.Database, result.GetValue(head) is { } given ? AuditHead.Read(given) : null);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json)) output.WriteLine(JsonSerializer.Serialize(check, AuditJson.Default.AuditCheck));
            else output.WriteLine(module.Texts.Say(Language.English, check.Ok
                ? new Message("audit.whole", ("n", (int)Math.Min(int.MaxValue, check.Entries)), ("head", check.Head))
                : new Message("audit.broken." + check.Fault, ("number", check.Number), ("head", check.Head))));
            return check.Ok ? 0 : 1;
        });
        return command;
    }

    internal static Command Export(Func<ParseResult, AccessModule> open)
    {
        var format = new Option<string>("--format") { Description = "csv or json (one object a line).", DefaultValueFactory = _ => "csv" };
        var command = new Command("export", "Writes the whole audit trail with its hashes, for an outside auditor.") { format };
        command.SetAction(result =>
        {
            var module = open(result);
            var chosen = AuditExport.FormatOf(result.GetValue(format)!);
            var output = result.InvocationConfiguration.Output;
            foreach (var line in AuditExport.Lines(AuditExport.All(module.Database), chosen)) output.Write(line);
            return 0;
        });
        return command;
    }
}
