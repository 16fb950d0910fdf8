using Microsoft.AspNetCore.Http;

namespace Palermo.Exchange.Nodes;

/// <summary>Which node calls, as its certificate says.</summary>
internal static class NodeCaller
{
    /// <summary>Where the gate keeps it.</summary>
    internal const string Item = "palermo.node";

    /// <summary>The node that calls; null when nobody showed a certificate that the registry accepts.</summary>
    internal static NodeEntry? Of(HttpContext http) => http.Items[Item] as NodeEntry;
}
