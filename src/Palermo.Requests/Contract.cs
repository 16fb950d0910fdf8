using Palermo.Authorities;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Requests.Exchange;
using Palermo.Requests.Figures;
using Palermo.Requests.Kinds;
using Palermo.Treaties;

namespace Palermo.Requests;

/// <summary>The Requests module of one node: cases, drafting, completeness, life, figures.</summary>
/// <param name="authorities">The Authorities module.</param>
/// <param name="dataFolder">Folder with <c>requests/</c>: kinds, items and measures as tables.</param>
/// <param name="store">Folder for what is too large for the record: encrypted attachments and the node's key.</param>
public sealed class RequestsModule(AuthoritiesModule authorities, string dataFolder, string store)
{
    private readonly Lazy<KindCatalogue> _kinds = new(() => KindCatalogue.Load(authorities.Treaties.Reference));

    /// <summary>The Authorities module.</summary>
    public AuthoritiesModule Authorities { get; } = authorities;

    /// <summary>The Treaties module.</summary>
    public TreatyModule Treaties => Authorities.Treaties;

    /// <summary>The node's record.</summary>
    public PalermoDatabase Database => Treaties.Database;

    /// <summary>The interface's texts.</summary>
    public Texts Texts => Treaties.Texts;

    /// <summary>The clock.</summary>
    public TimeProvider Clock => Treaties.Clock;

    /// <summary>Folder with the tables that ship.</summary>
    public string DataFolder { get; } = dataFolder;

    /// <summary>Folder for encrypted attachments and the node's key.</summary>
    public string Store { get; } = store;

    /// <summary>Figures for everybody; none unless the environment variable <c>PALERMO_PUBLIC_FIGURES</c> is <c>yes</c>.</summary>
    internal PublicFigures Published { get; init; } = new(Environment.GetEnvironmentVariable(PublicFigures.Setting) == "yes", authorities.Treaties.Clock);

    /// <summary>Figures made in the last minute, each for one viewer with what the viewer is where: nobody gets another's.</summary>
    internal Kept<(Guid Person, string Standings, FiguresQuery Query, DateOnly Today), FiguresReport> Figures { get; } = new(authorities.Treaties.Clock, TimeSpan.FromMinutes(1), 500);

    /// <summary>How mail is sent.</summary>
    public Mail.MailSettings Mail { get; init; } = Requests.Mail.MailSettings.None;

    /// <summary>A component of another module that stands on the page of a request; it takes the parameters Request and MayWrite.</summary>
    public Type? EvidencePanel { get; set; }

    /// <summary>Other nodes that receive requests for a state; none unless the Exchange module says which.</summary>
    public Func<State, IReadOnlyList<OtherNode>> NodesFor { get; set; } = _ => [];

    /// <summary>Takes in what another node says about evidence; refuses it unless the Exchange module does.</summary>
    public Func<Change, SendingNode, Request, MessagePayload, Message?> TakeEvidence { get; set; } = (_, _, _, payload) => new Message("exchange.act", ("given", payload.Act));

    /// <summary>The kinds of requests, what each must hold and may ask for; read when first asked for.</summary>
    /// <exception cref="DataFileException">A table in <c>data/requests</c> cannot be understood.</exception>
    public KindCatalogue Kinds => _kinds.Value;

    /// <summary>Today, in UTC.</summary>
    public DateOnly Today => Treaties.Today;
}

/// <summary>Another node.</summary>
/// <param name="Party">Its party identifier.</param>
/// <param name="Organization">Name of its organization.</param>
public sealed record OtherNode(string Party, string Organization);
