using System.CommandLine;
using System.Text.Json;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Doctor;

/// <summary><c>palermo node doctor</c>.</summary>
internal static class DoctorCommand
{
    private static readonly Option<string> Language = new("--language") { Description = "Language of the sentences: en, fr, es, pt, ru, ar or zh." };

    internal static Command Command(Func<ParseResult, string> store, Lazy<Texts> texts, TimeProvider clock, Func<NodeTrust, NodeEntry, Task<string?>>? testMessage)
    {
        var party = new Option<string>("--node") { Description = "Party identifier of the node with which exchange should work; without it, only this node is looked at." };
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var command = new Command("doctor", "Says in plain words why exchange with a node works or does not (exit 1 when something is wrong).") { party, json, Language };
        command.SetAction(async (result, cancel) =>
        {
            var trust = NodeCommands.TrustOf(store(result), clock);
            var language = Kernel.Language.Find(result.GetValue(Language)) ?? Kernel.Language.English;
            var lines = new List<DoctorLine>();
            var output = result.InvocationConfiguration.Output;
            await foreach (var check in new Examination(trust) { TestMessage = testMessage is null ? null : node => testMessage(trust, node) }.Run(result.GetValue(party), cancel))
            {
                var line = new DoctorLine(check.Code, check.State, texts.Value.Say(language, check.Text), check.Advice is null ? null : texts.Value.Say(language, check.Advice));
                lines.Add(line);
                if (result.GetValue(json)) continue;
                await output.WriteLineAsync($"{texts.Value.Say(language, $"doctor.state.{check.State}")}\t{line.Check}\t{line.Text}");
                if (line.Advice is not null) await output.WriteLineAsync($"\t→ {line.Advice}");
            }

            if (result.GetValue(json)) await output.WriteLineAsync(JsonSerializer.Serialize(lines, DoctorJson.Default.IReadOnlyListDoctorLine));
            return lines.Any(l => l.State == DoctorCheck.Failed) ? 1 : 0;
        });
        return command;
    }
}
