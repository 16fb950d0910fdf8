using System.Text.Json.Serialization;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Doctor;

/// <summary>What came of one thing the doctor looked at.</summary>
/// <param name="Code">identity, listed, registry, entry, name, connection, tls, their-certificate, our-certificate, clock or message.</param>
/// <param name="State">ok, failed or not-tried.</param>
/// <param name="Text">What was found.</param>
/// <param name="Advice">What to do; null for nothing.</param>
internal sealed record DoctorCheck(string Code, string State, Message Text, Message? Advice = null)
{
    internal const string Ok = "ok";
    internal const string Failed = "failed";
    internal const string NotTried = "not-tried";

    internal static DoctorCheck Good(string code, string key, params (string, object?)[] fillings) => new(code, Ok, new(key, fillings));

    /// <summary>Something that an earlier failure kept from being looked at.</summary>
    internal static DoctorCheck Skipped(string code) => new(code, NotTried, new("doctor.not-tried"));
}

/// <summary>One check as a program reads it.</summary>
internal sealed record DoctorLine(string Check, string State, string Text, string? Advice);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<DoctorLine>))]
internal sealed partial class DoctorJson : JsonSerializerContext;
