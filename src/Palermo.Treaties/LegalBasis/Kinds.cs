namespace Palermo.Treaties.LegalBasis;

/// <summary>Kinds of cooperation, as a set.</summary>
[Flags]
public enum CooperationKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Mutual legal assistance.</summary>
    Mla = 1 << 0,

    /// <summary>Extradition.</summary>
    Extradition = 1 << 1,

    /// <summary>Confiscation and asset sharing.</summary>
    Confiscation = 1 << 2,

    /// <summary>Joint investigation.</summary>
    JointInvestigation = 1 << 3,

    /// <summary>Special investigative techniques, controlled delivery.</summary>
    SpecialTechniques = 1 << 4,

    /// <summary>Transfer of criminal proceedings.</summary>
    TransferOfProceedings = 1 << 5,

    /// <summary>Transfer of sentenced persons.</summary>
    SentencedPersons = 1 << 6,

    /// <summary>Information given without a request.</summary>
    SpontaneousInformation = 1 << 7,

    /// <summary>Law-enforcement cooperation.</summary>
    LawEnforcement = 1 << 8,

    /// <summary>Protection of witnesses.</summary>
    Witnesses = 1 << 9,

    /// <summary>Assistance to and protection of victims.</summary>
    Victims = 1 << 10,

    /// <summary>All.</summary>
    All = (1 << 11) - 1,
}

/// <summary>Offences, as a set.</summary>
[Flags]
public enum Offences
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Participation in an organized criminal group (UNTOC art. 5).</summary>
    OrganizedGroup = 1 << 0,

    /// <summary>Laundering of proceeds (UNTOC art. 6; UNCAC art. 23; 1988 Convention art. 3(1)(b)).</summary>
    MoneyLaundering = 1 << 1,

    /// <summary>Corruption (UNTOC art. 8; UNCAC arts. 15-25).</summary>
    Corruption = 1 << 2,

    /// <summary>Obstruction of justice (UNTOC art. 23; UNCAC art. 25).</summary>
    Obstruction = 1 << 3,

    /// <summary>Trafficking in persons.</summary>
    TraffickingPersons = 1 << 4,

    /// <summary>Smuggling of migrants.</summary>
    SmugglingMigrants = 1 << 5,

    /// <summary>Illicit manufacturing of and trafficking in firearms.</summary>
    Firearms = 1 << 6,

    /// <summary>Illicit traffic in drugs.</summary>
    Drugs = 1 << 7,

    /// <summary>Bribery.</summary>
    Bribery = 1 << 8,

    /// <summary>Embezzlement.</summary>
    Embezzlement = 1 << 9,

    /// <summary>Financing of terrorism.</summary>
    TerroristFinancing = 1 << 10,

    /// <summary>Terrorist bombing.</summary>
    TerroristBombing = 1 << 11,

    /// <summary>Taking of hostages.</summary>
    HostageTaking = 1 << 12,

    /// <summary>Nuclear terrorism.</summary>
    NuclearTerrorism = 1 << 13,

    /// <summary>Recruitment, use, financing and training of mercenaries.</summary>
    Mercenaries = 1 << 14,

    /// <summary>Attacks on internationally protected persons.</summary>
    AttacksProtectedPersons = 1 << 15,

    /// <summary>Attacks on United Nations and associated personnel.</summary>
    AttacksUnPersonnel = 1 << 16,

    /// <summary>Slavery and similar practices.</summary>
    Slavery = 1 << 17,

    /// <summary>Illicit trade in tobacco products.</summary>
    IllicitTobacco = 1 << 18,

    /// <summary>Any other offence.</summary>
    Other = 1 << 19,

    /// <summary>All.</summary>
    All = (1 << 20) - 1,
}

/// <summary>The codes of kinds and offences, for commands, addresses and data files.</summary>
public static class Codes
{
    private static readonly string[] KindCodes =
    [
        "mla", "extradition", "confiscation", "joint-investigation", "special-techniques", "transfer-of-proceedings",
        "sentenced-persons", "spontaneous-information", "law-enforcement", "witnesses", "victims",
    ];

    private static readonly string[] OffenceCodes =
    [
        "organized-group", "money-laundering", "corruption", "obstruction", "trafficking-persons", "smuggling-migrants",
        "firearms", "drugs", "bribery", "embezzlement", "terrorist-financing", "terrorist-bombing", "hostage-taking",
        "nuclear-terrorism", "mercenaries", "attacks-protected-persons", "attacks-un-personnel", "slavery", "illicit-tobacco", "other",
    ];

    /// <summary>Codes of the kinds of cooperation.</summary>
    public static IReadOnlyList<string> Kinds => KindCodes;

    /// <summary>Codes of the offences.</summary>
    public static IReadOnlyList<string> Offences => OffenceCodes;

    /// <summary>The code of one kind.</summary>
    public static string Of(CooperationKinds kind) => KindCodes[IndexOf(kind)];

    /// <summary>The code of one offence.</summary>
    public static string Of(Offences offence) => OffenceCodes[IndexOf(offence)];

    /// <summary>Position of one kind in <see cref="Kinds"/>.</summary>
    public static int IndexOf(CooperationKinds kind) => System.Numerics.BitOperations.TrailingZeroCount((int)kind);

    /// <summary>Position of one offence in <see cref="Offences"/>.</summary>
    public static int IndexOf(Offences offence) => System.Numerics.BitOperations.TrailingZeroCount((int)offence);

    /// <summary>The kind with this code, or null.</summary>
    public static CooperationKinds? Kind(string? code) =>
        Array.IndexOf(KindCodes, code?.Trim().ToLowerInvariant()) is var i and >= 0 ? (CooperationKinds)(1 << i) : null;

    /// <summary>The offence with this code, or null.</summary>
    public static Offences? Offence(string? code) =>
        Array.IndexOf(OffenceCodes, code?.Trim().ToLowerInvariant()) is var i and >= 0 ? (Offences)(1 << i) : null;
}
