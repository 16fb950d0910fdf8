using Palermo.Data.Authorities;
using Palermo.Kernel;

namespace Palermo.Authorities.Entries;

/// <summary>One entry of the directory as it stands: a node's own, or a notification to a depositary.</summary>
/// <param name="Id">Identifier, as in addresses.</param>
/// <param name="State">Its state.</param>
/// <param name="Content">The public part.</param>
public sealed record DirectoryEntry(string Id, State State, AuthorityContent Content)
{
    /// <summary>The restricted part; null for strangers and for notifications.</summary>
    internal RestrictedPart? Restricted { get; init; }

    /// <summary>Number of its version; 0 for a notification.</summary>
    internal int Version { get; init; }

    /// <summary>When somebody last said that it is correct.</summary>
    internal DateOnly? LastConfirmedOn { get; init; }

    /// <summary>The article under which it was notified; null for a node's own entry.</summary>
    internal Citation? Notified { get; init; }

    /// <summary>Where a notification is from, as in <c>sources.csv</c>.</summary>
    internal string Origin { get; init; } = "";

    /// <summary>What a notification's source says of it, in English.</summary>
    internal string Paraphrase { get; init; } = "";

    /// <summary>Whether it was taken out of the directory.</summary>
    internal bool Ended { get; init; }

    /// <summary>The row; null for a notification.</summary>
    internal Authority? Row { get; init; }
}
