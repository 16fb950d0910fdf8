using System.Security.Cryptography;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>
/// The root of a tree of SHA-256 hashes whose leaves come one after the other; holds one hash for each level.
/// </summary>
/// <remarks>Leaves and nodes are told apart as in RFC 6962 section 2.1: 0x00 before what a leaf covers, 0x01 before two nodes.</remarks>
internal sealed class MerkleRoot
{
    private readonly List<byte[]?> _whole = [];

    /// <summary>Begins the hash of a leaf.</summary>
    internal static void BeginLeaf(IncrementalHash hash) => hash.AppendData([0]);

    /// <summary>Adds the next leaf.</summary>
    internal void Append(ReadOnlySpan<byte> leaf)
    {
        var node = leaf.ToArray();
        var level = 0;
        for (; level < _whole.Count && _whole[level] is { } left; level++)
        {
            node = Node(left, node);
            _whole[level] = null;
        }

        if (level == _whole.Count) _whole.Add(node);
        else _whole[level] = node;
    }

    /// <summary>The root over the leaves so far.</summary>
    internal byte[] Value()
    {
        byte[]? right = null;
        foreach (var left in _whole)
            if (left is not null) right = right is null ? left : Node(left, right);
        return right ?? SHA256.HashData([]);
    }

    private static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * EvidenceFormat.Leaf)];
        both[0] = 1;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + EvidenceFormat.Leaf)..]);
        return SHA256.HashData(both);
    }
}
