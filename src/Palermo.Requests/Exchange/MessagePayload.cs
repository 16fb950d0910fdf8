using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Palermo.Kernel;
using Palermo.Requests.Document;

namespace Palermo.Requests.Exchange;

/// <summary>
/// What one node says to another about a request: the published schema <c>palermo-message/1</c>. Unknown members are kept.
/// <c>docs/protocols/message-json.md</c> describes it.
/// </summary>
public sealed record MessagePayload
{
    /// <summary>Name and version of the schema.</summary>
    public const string SchemaName = "palermo-message/1";

    /// <summary>Always <see cref="SchemaName"/>.</summary>
    public string Schema { get; init; } = SchemaName;

    /// <summary>Identifier of what is said, the same for every attempt.</summary>
    public Guid Id { get; init; }

    /// <summary>The request, by the identifier it has on both sides.</summary>
    public Guid Request { get; init; }

    /// <summary>1, 2, 3 … of what this side says about the request.</summary>
    public int Sequence { get; init; }

    /// <summary>What it says: a code of <see cref="WhatIsSaid"/>.</summary>
    public string Act { get; init; } = "";

    /// <summary>The day it happened.</summary>
    public DateOnly? On { get; init; }

    /// <summary>When it was written down, UTC.</summary>
    public DateTime? At { get; init; }

    /// <summary>Name of who says it.</summary>
    public string? By { get; init; }

    /// <summary>The requesting authority's number.</summary>
    public string? Number { get; init; }

    /// <summary>The requested authority's number.</summary>
    public string? TheirNumber { get; init; }

    /// <summary>Reasons, question or answer in words.</summary>
    public string? Text { get; init; }

    /// <summary>Grounds of a refusal or postponement, or missing items of a return, as codes.</summary>
    public IReadOnlyList<string>? Grounds { get; init; }

    /// <summary>By when an answer is wished.</summary>
    public DateOnly? AnswerBy { get; init; }

    /// <summary>Of a message: clarification, answer, partial-answer or consultation.</summary>
    public string? Kind { get; init; }

    /// <summary>Of a request: what it is about in one line.</summary>
    public string? Title { get; init; }

    /// <summary>Of a request: whether only those who work on it may know that it exists (UNTOC art. 18(20)).</summary>
    public bool? Confidential { get; init; }

    /// <summary>Of a request: the whole of it as it was approved.</summary>
    public RequestDocument? Document { get; init; }

    /// <summary>Of a receipt: what the completeness check found on arrival.</summary>
    public IReadOnlyList<FoundOnReceipt>? Findings { get; init; }

    /// <summary>Files that go along as parts.</summary>
    public IReadOnlyList<FileAlong>? Files { get; init; }

    /// <summary>Of evidence: its manifest, Base64 of the exact bytes that were signed.</summary>
    public string? Manifest { get; init; }

    /// <summary>Of evidence: the manifest's signature, Base64.</summary>
    public string? ManifestSignature { get; init; }

    /// <summary>Of evidence: the time stamp over the signature, Base64; absent when no authority is configured.</summary>
    public string? ManifestStamp { get; init; }

    /// <summary>Of evidence that was verified: what the receiver has.</summary>
    public VerifiedPackage? Verified { get; init; }

    /// <summary>Of evidence that was refused: what was wrong with it.</summary>
    public RefusedPackage? Refused { get; init; }

    /// <summary>Last entry of the sender's audit trail before this was said, so that each side can later prove the other's history.</summary>
    public TrailHead? Trail { get; init; }

    /// <summary>Members of later versions.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>Reads one as it came.</summary>
    /// <exception cref="RefusedException">It is too large, no JSON, or not of the schema.</exception>
    internal static MessagePayload FromJson(ReadOnlySpan<byte> json)
    {
        // No database keeps NUL, and nobody means it.
        if (json.IndexOf("\\u0000"u8) >= 0) throw ReadRequest.Wrong("$", new Message("request.json.utf8"));
        var payload = ReadRequest.Read(json, Json) ?? throw ReadRequest.Wrong("$", new Message("request.json.type"));
        if (payload.Schema != SchemaName) throw ReadRequest.Wrong("$.schema", new Message("request.json.schema", ("expected", SchemaName), ("given", RefusedException.Shorten(payload.Schema))));
        if (payload.Id == Guid.Empty || payload.Request == Guid.Empty || payload.Sequence < 1) throw ReadRequest.Wrong("$", new Message("request.json.missing"));
        if (payload.Document is { Basis: { } basis }) ReadRequest.CheckBasis(basis);
        return payload;
    }

    /// <summary>It as JSON.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    private static JsonTypeInfo<MessagePayload> Json => (JsonTypeInfo<MessagePayload>)DocumentJson.Readable.Settings.GetTypeInfo(typeof(MessagePayload));
}

/// <summary>What the completeness check found on arrival.</summary>
/// <param name="Field">The field.</param>
/// <param name="Article">The article that asks for it, as text; empty for none.</param>
/// <param name="Severity">missing, reason-needed, wrong or note.</param>
public sealed record FoundOnReceipt(string Field, string Article, string Severity);

/// <summary>A file that goes along.</summary>
/// <param name="Id">The attachment at the sender's; also the identifier of the part.</param>
/// <param name="Purpose">annex, translation, evidence or letter.</param>
/// <param name="Title">What it is.</param>
/// <param name="FileName">Its name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
public sealed record FileAlong(Guid Id, string Purpose, string Title, string FileName, long Size, string Sha256);

/// <summary>A package of evidence that is complete and verified at the receiver's.</summary>
/// <param name="Package">Its identifier.</param>
/// <param name="ManifestSha256">SHA-256 of its manifest's bytes, lower-case hexadecimal.</param>
/// <param name="Files">Its files.</param>
/// <param name="CustodyHash">Hash of the last line of the receiver's custody record.</param>
/// <param name="At">When it was verified, UTC.</param>
public sealed record VerifiedPackage(Guid Package, string ManifestSha256, IReadOnlyList<VerifiedFile> Files, string CustodyHash, DateTime At);

/// <summary>A package of evidence that is complete at the receiver's and not what its manifest says, or cannot be opened there.</summary>
/// <param name="Package">Its identifier.</param>
/// <param name="ManifestSha256">SHA-256 of its manifest's bytes, lower-case hexadecimal.</param>
/// <param name="Why">What was wrong, in a sentence.</param>
public sealed record RefusedPackage(Guid Package, string ManifestSha256, string Why);

/// <summary>A file of a verified package.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Sha256">SHA-256 of its content, lower-case hexadecimal.</param>
/// <param name="Root">Merkle root over its sealed chunks, lower-case hexadecimal.</param>
public sealed record VerifiedFile(int Number, string Sha256, string Root);

/// <summary>An entry of an audit trail.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Hash">Its hash, lower-case hexadecimal.</param>
public sealed record TrailHead(long Number, string Hash);
