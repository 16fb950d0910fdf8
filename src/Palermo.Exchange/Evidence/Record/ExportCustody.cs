using System.CommandLine;
using Palermo.Exchange.Evidence.Packing;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>Writes the custody record in a package: <c>palermo evidence custody</c>. The receiver's own lines are on its node.</summary>
internal static class ExportCustody
{
    internal static Command Command(EvidenceCommands.Context context)
    {
        var package = new Argument<DirectoryInfo>("PACKAGE") { Description = "Folder of the package." };
        var report = new Option<bool>("--html") { Description = "As a page for people instead of CASE JSON-LD." };
        var command = new Command("custody", "Writes the custody record of a package as CASE JSON-LD, or as a page for people.") { package, report, EvidenceCommands.Language };
        command.SetAction(result =>
        {
            var signed = new PackageFolder(result.GetValue(package)!.FullName).Read();
            EvidenceCommands.Line(result, result.GetValue(report)
                ? CustodyReport.Page(context.LazyTexts.Value, EvidenceCommands.LanguageOf(result), signed, signed.Manifest.Custody)
                : CustodyCase.ToJson(signed.Manifest, signed.Manifest.Custody));
            return 0;
        });
        return command;
    }
}
