using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>A package with what its manifest says.</summary>
/// <param name="Package">The package.</param>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Custody">Its custody record.</param>
internal sealed record PackageLine(EvidencePackage Package, Manifest Manifest, IReadOnlyList<CustodyLine> Custody)
{
    /// <summary>Name of the other side.</summary>
    internal string Other => Package.Outgoing ? Manifest.To.Name : Manifest.From.Name;

    /// <summary>How a status mark shows the state.</summary>
    internal string Shape => Package.State switch { PackageStates.Verified => "met", PackageStates.Refused => "not-met", PackageStates.Announced => "to-show", _ => "pending" };

    /// <summary>Whether files may be opened: they came, and every content has its hash.</summary>
    internal bool MayOpen => !Package.Outgoing && Package.State == PackageStates.Verified;
}

/// <summary>The packages of a request.</summary>
internal static class ListEvidence
{
    /// <summary>The packages of a request that the viewer was found to see, the newest first.</summary>
    internal static IReadOnlyList<PackageLine> Of(ExchangeModule module, PalermoContext context, Request request) =>
        [.. context.Set<EvidencePackage>().AsNoTracking().Where(p => p.Request == request.Id).OrderByDescending(p => p.At).ToList().Select(p => Line(module, context, p))];

    /// <summary>One package of a request.</summary>
    /// <exception cref="RefusedException">There is none, or the viewer may not know of it.</exception>
    internal static PackageLine Find(ExchangeModule module, Viewer viewer, Guid requestId, Guid id)
    {
        using var context = module.Database.Connect();
        var request = Visible.Request(context, viewer, requestId);
        return Known.Package(context, id) is { } package && package.Request == request.Id ? Line(module, context, package) : throw new RefusedException("package.unknown") { NotFound = true };
    }

    private static PackageLine Line(ExchangeModule module, PalermoContext context, EvidencePackage package)
    {
        var manifest = module.Manifests.Of(package);
        return new(package, manifest, Known.Custody(context, manifest));
    }
}
