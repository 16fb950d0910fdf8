using System.Reflection;
using Palermo.Kernel.Access;

namespace Palermo.Web;

/// <summary>What the frame around every page shows; the executable fills it from the modules.</summary>
public sealed class Site
{
    /// <summary>Assemblies with pages besides this one.</summary>
    public required IReadOnlyList<Assembly> PageAssemblies { get; init; }

    /// <summary>The modules in the line below the header.</summary>
    public required IReadOnlyList<ModuleEntry> Modules { get; init; }

    /// <summary>The organization whose node this is; may be empty.</summary>
    public string Organization { get; init; } = "";

    /// <summary>Scheme and host under which the node is reached from outside; empty for those of the request.</summary>
    public string Origin { get; init; } = "";

    /// <summary>What the start page shows first to somebody who signed in and sees cases: what waits.</summary>
    public Type? WhatWaits { get; init; }

    /// <summary>The program's version.</summary>
    public required string Version { get; init; }

    /// <summary>Changes with the style sheet and script, so that a browser fetches them anew.</summary>
    public required string AssetVersion { get; init; }
}

/// <summary>One module in the line below the header.</summary>
/// <param name="Address">Its first page.</param>
/// <param name="TextKey">Key of its name.</param>
/// <param name="Roles">Who sees it; everybody when null.</param>
public sealed record ModuleEntry(string Address, string TextKey, IReadOnlyList<Role>? Roles = null);
