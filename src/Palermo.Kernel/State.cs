namespace Palermo.Kernel;

/// <summary>A state or regional organization that can take part in a treaty.</summary>
/// <param name="Code">ISO 3166-1 alpha-3 code; <c>EUE</c> is the European Union.</param>
/// <param name="Alpha2">ISO 3166-1 alpha-2 code.</param>
/// <param name="Numeric">ISO 3166-1 numeric code, three digits; empty for the European Union.</param>
/// <param name="Region">Code of the United Nations regional group, empty when it belongs to none.</param>
/// <param name="UnMember">Whether it is a member of the United Nations.</param>
/// <param name="OasMember">Whether it is one of the 35 independent states of the Americas.</param>
/// <param name="Kind"><c>member-state</c>, <c>observer-state</c>, <c>non-member-state</c> or <c>regional-organization</c>.</param>
/// <param name="Index">Position in <see cref="StateDirectory.All"/>.</param>
public sealed record State(
    string Code, string Alpha2, string Numeric, string Region, bool UnMember, bool OasMember, string Kind, int Index) : INamed
{
    private readonly string[] _names = new string[Language.All.Count];

    /// <summary>Whether it is an organization, which is a party but neither requests nor is requested.</summary>
    public bool IsOrganization => Kind == "regional-organization";

    /// <summary>The United Nations short name in a language.</summary>
    public string NameIn(Language language) => _names[language.Index];

    /// <inheritdoc/>
    public override string ToString() => Code;

    /// <inheritdoc/>
    public bool Equals(State? other) => ReferenceEquals(this, other) || (other is not null && Code == other.Code);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Code, StringComparison.Ordinal);

    internal void SetName(Language language, string name) => _names[language.Index] = name;
}

/// <summary>A territory that declarations speak of and that belongs to a state.</summary>
/// <param name="Code">ISO 3166-1 alpha-3 code.</param>
/// <param name="State">The state responsible for it.</param>
/// <param name="Names">Its name in each of <see cref="Language.All"/>.</param>
public sealed record Territory(string Code, State State, IReadOnlyList<string> Names) : INamed
{
    /// <inheritdoc/>
    public string NameIn(Language language) => Names[language.Index];
}
