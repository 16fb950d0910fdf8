using Microsoft.AspNetCore.Http;

namespace Palermo.Exchange.Nodes;

/// <summary>Which node calls, as its client certificate says.</summary>
internal static class NodeCaller
{
    /// <summary>Key of the request's items under which the gate keeps it.</summary>
    internal const string Item = "palermo.node";

    /// <summary>The node that calls; null for anybody else.</summary>
    internal static NodeEntry? Of(HttpContext http) => http.Items[Item] as NodeEntry;
}
