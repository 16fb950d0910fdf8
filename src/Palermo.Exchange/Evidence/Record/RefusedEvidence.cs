using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Kernel;
using Palermo.Requests.Exchange;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>Records that the receiver refused a package of ours, with its sentence; saying it again changes nothing, nor does it undo what was verified.</summary>
internal static class RefusedEvidence
{
    private const int LongestQuotation = 500;

    /// <summary>Records it.</summary>
    /// <param name="module">The module.</param>
    /// <param name="change">The change in which the message is recorded.</param>
    /// <param name="said">What the receiver says.</param>
    /// <param name="fromParty">The party whose message it is.</param>
    /// <exception cref="RefusedException">It is not a package for this party, or not what we packed.</exception>
    internal static void Record(ExchangeModule module, Change change, RefusedPackage said, string fromParty)
    {
        var package = change.Context.Set<EvidencePackage>().FirstOrDefault(p => p.Id == said.Package);
        if (package is not { Outgoing: true } || package.Party != fromParty) throw new RefusedException("package.unknown") { NotFound = true };
        if (package.ManifestSha256 != said.ManifestSha256) throw new RefusedException("package.confirm.other", ("id", said.Package.ToString()));
        if (package.State is PackageStates.Verified or PackageStates.Refused) return;
        (package.State, package.ChangedAt) = (PackageStates.Refused, change.Now);
        package.Problem = KeptMessage.Of(new Message("package.line.refused-there", ("why", Plain.Text((said.Why ?? "").Take(LongestQuotation)))));
        WriteCustody.Add(module, change, package, module.Manifests.Of(package), "refused", 0, package.ManifestSha256);
    }
}
