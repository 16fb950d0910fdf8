using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Palermo.Kernel;
using Palermo.Requests.Costs;
using Palermo.Requests.Threads;
using Palermo.Requests.Time;

namespace Palermo.Demo;

/// <summary>The invented offices, people, authorities and cases of the demonstration, from <c>data/demo</c>.</summary>
/// <param name="People">Offices and people.</param>
/// <param name="Directory">Entries of the directory of authorities.</param>
/// <param name="Cases">The cases.</param>
/// <param name="Nodes">The nodes; the one without people of its own holds all of the above.</param>
internal sealed partial record DemoPlan(DemoPeople People, IReadOnlyList<DemoEntry> Directory, IReadOnlyList<DemoCase> Cases, IReadOnlyList<DemoNode> Nodes)
{
    /// <summary>Reads the files; <c>{+12}</c> and <c>{-30}</c> in them are days before and after today.</summary>
    /// <exception cref="DataFileException">A file cannot be understood.</exception>
    internal static DemoPlan Load(string dataFolder, DateOnly today)
    {
        var folder = Path.Combine(dataFolder, "demo");
        return new(
            Read(Path.Combine(folder, "people.json"), today, DemoJson.Default.DemoPeople),
            Read(Path.Combine(folder, "directory.json"), today, DemoJson.Default.IReadOnlyListDemoEntry),
            [.. System.IO.Directory.EnumerateFiles(Path.Combine(folder, "cases"), "*.json").Order(StringComparer.Ordinal).Select(f => Read(f, today, DemoJson.Default.DemoCase))],
            Read(Path.Combine(folder, "nodes.json"), today, DemoJson.Default.IReadOnlyListDemoNode));
    }

    private static T Read<T>(string file, DateOnly today, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        var text = Day().Replace(File.ReadAllText(file), m => Dates.Iso(today.AddDays(int.Parse(m.Groups["days"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))));
        try
        {
            return JsonSerializer.Deserialize(text, type)!;
        }
        catch (JsonException e)
        {
            throw new DataFileException(file, (int)(e.LineNumber ?? 0) + 1, ((e.BytePositionInLine ?? 0) + 1).ToString(CultureInfo.InvariantCulture), e.Message);
        }
    }

    [GeneratedRegex(@"\{(?<days>[+-][0-9]{1,4})\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Day();
}

/// <summary>Offices and people.</summary>
/// <param name="State">Alpha-3 code of their state.</param>
/// <param name="Organizations">The offices, those above before those below.</param>
/// <param name="People">The people.</param>
internal sealed record DemoPeople(string State, IReadOnlyList<DemoOrganization> Organizations, IReadOnlyList<DemoPerson> People);

/// <summary>A node.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Party">Its party identifier.</param>
/// <param name="Organization">Its organization.</param>
/// <param name="States">Alpha-3 codes of the states for which it receives requests.</param>
internal sealed record DemoNode(string Name, string Party, string Organization, IReadOnlyList<string> States)
{
    /// <summary>Whether it publishes the registry.</summary>
    public bool Publishes { get; set; }

    /// <summary>Its office and people; null for the node that holds the demonstration's cases.</summary>
    public DemoPeople? People { get; set; }
}

/// <summary>An office.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Below">Name of the office above it.</param>
internal sealed record DemoOrganization(string Name, string? Below = null);

/// <summary>Somebody who works there.</summary>
/// <param name="Key">What the cases call the person.</param>
/// <param name="Name">Name.</param>
/// <param name="Email">Electronic address.</param>
/// <param name="Role">Code of the role.</param>
/// <param name="Organization">Name of the office.</param>
internal sealed record DemoPerson(string Key, string Name, string Email, string Role, string Organization);

/// <summary>An entry of the directory.</summary>
/// <param name="Content">The public part.</param>
/// <param name="Restricted">What is for people who signed in.</param>
/// <param name="ConfirmedAgo">Days since it was last confirmed.</param>
internal sealed record DemoEntry(JsonObject Content, JsonObject Restricted, int ConfirmedAgo);

/// <summary>One case with one request. What is not positional is optional and may be set, because generated readers give init-only members no default.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Kind">Code of the kind.</param>
/// <param name="From">The requesting state.</param>
/// <param name="To">The requested state.</param>
/// <param name="By">Who opens it.</param>
/// <param name="Ago">Days since it was opened, or since it came.</param>
internal sealed record DemoCase(string Title, string Kind, string From, string To, string By, double Ago)
{
    /// <summary>The question to the finder; null for a request that came and whose basis nobody looked up yet.</summary>
    public DemoQuestion? Basis { get; set; }

    public bool Confidential { get; set; }

    /// <summary>Who is put on the case's list.</summary>
    public IReadOnlyList<string> List { get; set; } = [];

    public string TheirNumber { get; set; } = "";

    public string Channel { get; set; } = "";

    /// <summary>What the request says, as in <c>data/schemas</c>; a translation's mark of its original is filled in.</summary>
    public JsonObject Document { get; set; } = [];

    public IReadOnlyList<DemoEvent> Life { get; set; } = [];
}

/// <summary>What the finder is asked.</summary>
internal sealed record DemoQuestion(string Offence, string? MaxPenalty = null, string? Group = null, string? Transnational = null, string? OwnNational = null);

/// <summary>Something that happened in a case: a step of its life, or one of the others.</summary>
/// <param name="Ago">Days ago.</param>
/// <param name="By">Who wrote it down.</param>
internal sealed record DemoEvent(double Ago, string By)
{
    public string? Act { get; set; }

    public string Text { get; set; } = "";

    public IReadOnlyList<string> Grounds { get; set; } = [];

    public string TheirNumber { get; set; } = "";

    public DateOnly? AnswerBy { get; set; }

    public MessageInput? Message { get; set; }

    /// <summary>Whether the message continues the thread begun last.</summary>
    public bool Reply { get; set; }

    public CostInput? Cost { get; set; }

    /// <summary>A limit on the use of the file stored last.</summary>
    public string? Limit { get; set; }

    public DeadlineInput? Deadline { get; set; }

    public DemoFile? File { get; set; }

    /// <summary>Who has to act from now on.</summary>
    public string? Owner { get; set; }

    public string? Deputy { get; set; }
}

/// <summary>A file that is stored.</summary>
internal sealed record DemoFile(string Purpose, string Title, string Name, string Content);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(DemoPeople))]
[JsonSerializable(typeof(IReadOnlyList<DemoEntry>))]
[JsonSerializable(typeof(DemoCase))]
[JsonSerializable(typeof(IReadOnlyList<DemoNode>))]
internal sealed partial class DemoJson : JsonSerializerContext;
