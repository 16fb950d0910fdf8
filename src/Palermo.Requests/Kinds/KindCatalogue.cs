using System.Collections.Frozen;
using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Requests.Kinds;

/// <summary>
/// The kinds of requests, what each must hold and what it may ask for: the tables in <c>data/requests</c>, which a lawyer can read and edit.
/// </summary>
public sealed class KindCatalogue
{
    private readonly FrozenDictionary<string, OneKind> _byCode;

    internal KindCatalogue(IReadOnlyList<RequestKind> kinds, Func<RequestKind, OneKind> of, FrozenDictionary<string, int> ibanLengths, TreatyReference reference)
    {
        Kinds = kinds;
        IbanLengths = ibanLengths;
        Reference = reference;
        _byCode = kinds.ToFrozenDictionary(k => k.Code, of, StringComparer.Ordinal);
    }

    /// <summary>The sections of a request, in the order of the task list.</summary>
    public static IReadOnlyList<string> Sections { get; } =
        ["basis", "authority", "proceedings", "persons", "facts", "measures", "property", "particulars", "handling", "language", "annexes"];

    /// <summary>All kinds, in order.</summary>
    public IReadOnlyList<RequestKind> Kinds { get; }

    /// <summary>Length of an IBAN by ISO 3166-1 alpha-2 code of its country (ISO 13616 registry).</summary>
    public IReadOnlyDictionary<string, int> IbanLengths { get; }

    /// <summary>States and instruments.</summary>
    internal TreatyReference Reference { get; }

    /// <summary>Reads <c>requests/</c> in the folder <c>data/</c>.</summary>
    /// <exception cref="DataFileException">A table cannot be understood; the message names file, line and column.</exception>
    public static KindCatalogue Load(string dataFolder) => KindFiles.Read(TreatyReference.Load(dataFolder));

    /// <summary>Reads <c>requests/</c> in the folder the reference was read from.</summary>
    /// <exception cref="DataFileException">A table cannot be understood; the message names file, line and column.</exception>
    public static KindCatalogue Load(TreatyReference reference) => KindFiles.Read(reference);

    /// <summary>The kind with this code, or null.</summary>
    public RequestKind? Find(string? code) => code is not null && _byCode.TryGetValue(code, out var one) ? one.Kind : null;

    /// <summary>The kind with this code.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public RequestKind Resolve(string? code) => Find(code?.Trim().ToLowerInvariant())
        ?? throw new RefusedException("refused.request-kind", ("given", RefusedException.Shorten(code)), ("choices", Kinds.Select(k => k.Code).ToArray()));

    /// <summary>
    /// What a kind asks for, by section. An item may stand more than once with different conditions; of those that apply to a document the first one counts.
    /// </summary>
    /// <param name="kind">Code of the kind; an unknown one asks for nothing.</param>
    public IReadOnlyList<RequestItem> Items(string? kind) => kind is not null && _byCode.TryGetValue(kind, out var one) ? one.Items : [];

    /// <summary>What a kind asks for in one section, each item once, in order: what a form shows.</summary>
    public IEnumerable<RequestItem> Items(string? kind, string section) =>
        Items(kind).Where(i => i.Section == section).DistinctBy(i => i.Name, StringComparer.Ordinal);

    /// <summary>The item of this name in a kind, as its first row has it, or null.</summary>
    public RequestItem? Item(string? kind, string name) => kind is not null && _byCode.TryGetValue(kind, out var one) ? one.ByName.GetValueOrDefault(name) : null;

    /// <summary>What a kind may ask for, in order.</summary>
    public IReadOnlyList<RequestMeasure> Measures(string? kind) => kind is not null && _byCode.TryGetValue(kind, out var one) ? one.Measures : [];

    /// <summary>The measure with this code in a kind, or null.</summary>
    public RequestMeasure? Measure(string? kind, string code)
    {
        foreach (var measure in Measures(kind))
            if (measure.Code == code) return measure;
        return null;
    }

    /// <summary>The first kind that the finder's kind of cooperation leads to.</summary>
    public RequestKind? OfFinder(string finderKind) => Kinds.FirstOrDefault(k => k.FinderKind == finderKind);

    /// <summary>One kind with what belongs to it.</summary>
    internal sealed record OneKind(RequestKind Kind, RequestItem[] Items, RequestMeasure[] Measures)
    {
        internal FrozenDictionary<string, RequestItem> ByName { get; } = Items.DistinctBy(i => i.Name, StringComparer.Ordinal).ToFrozenDictionary(i => i.Name, StringComparer.Ordinal);
    }
}
