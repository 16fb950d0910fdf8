using Palermo.Kernel;

namespace Palermo.Requests.Kinds;

/// <summary>How much an item matters.</summary>
public enum ItemLevel
{
    /// <summary>May be left out without a word.</summary>
    Optional,

    /// <summary>Belongs there; its absence needs a reason.</summary>
    Expected,

    /// <summary>Without it the request is not complete.</summary>
    Mandatory,
}

/// <summary>What an item is and how it is filled in.</summary>
public enum ItemType
{
    /// <summary>One line of free text in <c>fields</c>.</summary>
    Text,

    /// <summary>Free text of any length in <c>fields</c>.</summary>
    LongText,

    /// <summary>A day in <c>fields</c>, <c>YYYY-MM-DD</c>.</summary>
    Day,

    /// <summary><c>yes</c> or <c>no</c> in <c>fields</c>.</summary>
    YesNo,

    /// <summary>An undertaking in <c>fields</c>: only <c>yes</c> fulfils it.</summary>
    Assurance,

    /// <summary>One of <see cref="RequestItem.Choices"/> in <c>fields</c>.</summary>
    Choice,

    /// <summary>A member of the document, such as <c>requestingAuthority.name</c>.</summary>
    Member,

    /// <summary>A list of the document, such as <c>persons</c>.</summary>
    List,

    /// <summary>A member of each entry of a list, such as <c>persons.nationalities</c>.</summary>
    Attribute,
}

/// <summary>A kind of request.</summary>
/// <param name="Number">Its place in lists.</param>
/// <param name="Code">Its code, for example <c>mla</c>.</param>
/// <param name="Provision">The provision it rests on first of all.</param>
/// <param name="FinderKind">The finder's code of the kind of cooperation.</param>
public sealed record RequestKind(int Number, string Code, Citation Provision, string FinderKind)
{
    /// <summary>Whether the kind exists under one instrument besides the Convention only, so that nothing else carries it; what the Convention provides for stands in others, too.</summary>
    internal bool IsParticular => Provision.Instrument != "untoc";

    /// <summary>Instruments to rely on, the one the kind rests on before all others when it is among them.</summary>
    internal IReadOnlyList<string> Order(IReadOnlyList<string> instruments) =>
        IsParticular ? [.. instruments.OrderBy(i => i != Provision.Instrument)] : instruments;
}

/// <summary>Something a kind of request asks for.</summary>
/// <param name="Section">The step of the task list it belongs to, one of <see cref="KindCatalogue.Sections"/>.</param>
/// <param name="Name">The field (<c>facts.summary</c>), member (<c>requestingAuthority.name</c>), list (<c>persons</c>) or attribute of a list's entries (<c>persons.names</c>).</param>
/// <param name="Type">What it is.</param>
/// <param name="Choices">The codes to choose from, for <see cref="ItemType.Choice"/>.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Articles">Where it is asked for; the first one counts unless the request relies on the instrument of another.</param>
/// <param name="Conditions">When it is asked for; all must hold.</param>
public sealed record RequestItem(
    string Section, string Name, ItemType Type, IReadOnlyList<string> Choices, ItemLevel Level, IReadOnlyList<Citation> Articles, IReadOnlyList<ItemCondition> Conditions)
{
    /// <summary>Whether it is written into <c>fields</c>.</summary>
    public bool IsField => Type is not (ItemType.Member or ItemType.List or ItemType.Attribute);

    /// <summary>Whether a translator has to put it into the other language.</summary>
    public bool IsFreeText => Type is ItemType.Text or ItemType.LongText;

    /// <summary>Key of its name in the interface's texts.</summary>
    public string TextKey { get; } = "request.item." + Name;

    /// <summary>Place of the row before this one of the same name in <see cref="KindCatalogue.Items(string?)"/>; -1 when this is the first.</summary>
    internal int Earlier { get; init; } = -1;

    /// <summary>The list the attribute belongs to; null for anything else.</summary>
    internal string? ListName { get; } = Type == ItemType.Attribute ? Name[..Name.IndexOf('.', StringComparison.Ordinal)] : null;

    /// <summary>The attribute's name within an entry.</summary>
    internal string AttributeName { get; } = Type == ItemType.Attribute ? Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..] : "";
}

/// <summary>A measure a request may ask for.</summary>
/// <param name="Code">Its code within the kind.</param>
/// <param name="Articles">Where it is provided for.</param>
/// <param name="Needs">Lists of which it must concern at least one entry; empty when it needs none.</param>
public sealed record RequestMeasure(string Code, IReadOnlyList<Citation> Articles, IReadOnlyList<string> Needs);
