using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Exchange.As4;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;
using Palermo.Requests.Files;

namespace Palermo.Exchange.Delivery;

/// <summary>
/// A place where messages between two nodes that only dial out wait. It keeps bytes it cannot read, gives each to the node it is for, and
/// forgets it when that node has it; what it drops, doubles or delays is found by the two ends.
/// </summary>
internal static class Relay
{
    private const long MostBytes = 64L << 20;
    private const int MostAtOnce = 100;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30), LongestTaking = TimeSpan.FromMinutes(30);
    private const string Path = "exchange/relay";

    /// <summary>Leaves a message for a node at its relay.</summary>
    /// <exception cref="RefusedException">The relay did not take it.</exception>
    internal static async Task Put(ExchangeModule module, NodeEntry to, PackedMessage message, CancellationToken cancel)
    {
        var relay = module.Trust.Find(to.Relay) ?? throw new RefusedException("exchange.unknown-node", ("party", to.Relay));
        using var answer = await module.Line.Send(relay, HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(to.Party)}", message, cancel);
        if (!LineFault.Says(answer.Status)) module.Pace.Reached(relay.Party);
        if (answer.Status is < 200 or > 299) throw await LineFault.Of(answer, "exchange.relay-refused", cancel);
    }

    /// <summary>Fetches what waits for us at our relay; a message is forgotten there only once it is in our file.</summary>
    internal static Task Fetch(ExchangeModule module, NodeEntry relay, CancellationToken cancel)
    {
        var silent = new HashSet<string>(StringComparer.Ordinal);
        return PullWaiting.UntilNothingWaits(() => FetchOne(module, relay, silent, cancel));
    }

    private static async Task<bool> FetchOne(ExchangeModule module, NodeEntry relay, HashSet<string> silent, CancellationToken cancel)
    {
        using var limit = LineTime.Of(module, cancel);
        using var waiting = await module.Line.Send(relay, HttpMethod.Get, Path, null, limit.Token);
        if (waiting is not { Status: 200, Number: { } number, ContentType: { } type }) return false;
        var sender = module.Trust.Find(waiting.From ?? "");
        var reply = await TakeMessage.Take(module, waiting.Body, type, relay, mayPull: false, limit.Token, sender);
        // Who did not take one reply is not waited for with the next.
        if (reply is not null && sender is not null && !silent.Contains(sender.Party) && !await Reply(module, sender, reply, cancel)) silent.Add(sender.Party);
        // However long the sender let us wait, there is time to say that the message is here: else it would be the first again.
        using var forgetting = LineTime.Of(module, cancel);
        using var done = await module.Line.Send(relay, HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(number)}", null, forgetting.Token);
        return true;
    }

    /// <summary>Sends a receipt or an error on its way. One that does not get there must not hold up what else waits: the sender tries again, and is answered with the same.</summary>
    /// <returns>Whether it got there.</returns>
    private static async Task<bool> Reply(ExchangeModule module, NodeEntry sender, PackedMessage reply, CancellationToken cancel)
    {
        using var limit = LineTime.Of(module, cancel, LineTime.OfReply);
        try
        {
            if (sender.Reach == Reach.Pull && sender.Relay.Length > 0) await Put(module, sender, reply, limit.Token);
            else if (sender.Address is not null) (await module.Line.Send(sender, HttpMethod.Post, "as4", reply, limit.Token)).Dispose();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            if (LineFault.Is(e)) module.Pace.Failed(SendWaiting.Next(sender), module.Clock.GetUtcNow(), (e as LineFault)?.After);
            return false;
        }
    }

    internal static void Map(IEndpointRouteBuilder app, ExchangeModule module)
    {
        app.MapPost("/" + Path + "/{to}", (HttpContext http, string to) => Keep(module, http, to)).WithMetadata(new Web.PublicAttribute(), new Web.NotCachedAttribute()).DisableAntiforgery().ExcludeFromDescription();
        app.MapGet("/" + Path, (HttpContext http) => Give(module, http)).WithMetadata(new Web.PublicAttribute(), new Web.NotCachedAttribute()).ExcludeFromDescription();
        app.MapDelete("/" + Path + "/{number:long}", (HttpContext http, long number) => Forget(module, http, number)).WithMetadata(new Web.PublicAttribute(), new Web.NotCachedAttribute()).DisableAntiforgery().ExcludeFromDescription();
    }

    private static string Folder(ExchangeModule module) => System.IO.Path.Combine(module.Store, "exchange", "relay");

    private static async Task<IResult> Keep(ExchangeModule module, HttpContext http, string to)
    {
        if (Caller(module, http) is not { } from) return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (module.Trust.Find(to) is not { Reach: Reach.Pull } node || node.Relay != module.Trust.Party) return Results.NotFound();
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;
        using var intake = module.RelayIntake.Enter(from.Party);
        if (intake is null) return Intake.TooMany(module, http);
        var messageId = HttpLine.Id(http.Request.Headers[HttpLine.MessageHeader]);
        // Asked before anything is written, counting what this sender is still bringing, and again when it is known how much came.
        using (var context = module.Database.Connect())
            if (RelayQuota.Full(context, from.Party, to, (http.Request.ContentLength ?? 0) + module.RelayIntake.Bytes(from.Party), Before(context, from.Party, to, messageId)) is { } full) return Intake.Refusal(module, http, full, StatusCodes.Status507InsufficientStorage);
        Disk.MakeFolder(Folder(module));
        var part = System.IO.Path.Combine(Folder(module), Guid.NewGuid().ToString("N") + ".part");
        try
        {
            var (length, sha256) = await Spool(http.Request.Body, part, intake, http.RequestAborted);
            var replaced = "";
            var refused = Change.Make(module.Database, new Kernel.Access.Actor(null, from.Organization, from.Party), module.Clock, change =>
            {
                replaced = "";
                // The same bytes again are the same attempt again.
                if (change.Context.Set<RelayedMessage>().Any(m => m.To == to && m.Sha256 == sha256 && m.FetchedAt == null)) return null;
                var before = Before(change.Context, from.Party, to, messageId);
                if (RelayQuota.Full(change.Context, from.Party, to, length, before) is { } full) return full;
                var type = RefusedContentType(http.Request.ContentType);
                if (before is null)
                {
                    change.Context.Add(new RelayedMessage { From = from.Party, To = to, MessageId = messageId, Sha256 = sha256, ContentType = type, Size = length, At = change.Now });
                    change.Audit("relay.kept", "exchange", to, "", $"{from.Party} {length} bytes sha256:{sha256}");
                    return null;
                }

                // Another attempt of the same message is packed with other keys: one is enough, and it keeps its turn.
                replaced = before.Sha256;
                (before.Sha256, before.ContentType, before.Size, before.At) = (sha256, type, length, change.Now);
                change.Audit("relay.replaced", "exchange", to, $"sha256:{replaced}", $"{from.Party} {length} bytes sha256:{sha256}");
                return null;
            });
            if (refused is not null) return Intake.Refusal(module, http, refused, StatusCodes.Status507InsufficientStorage);
            // What is refused takes no place; what has a row and no bytes yet is given to nobody.
            File.Move(part, PlaceOf(module, sha256), overwrite: true);
            Disk.FlushFolder(Folder(module));
            if (replaced.Length > 0) Drop(module, replaced);
            return Results.StatusCode(StatusCodes.Status202Accepted);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>What lies here of a message that its sender leaves again; null when nothing does, or the sender did not name it.</summary>
    private static RelayedMessage? Before(PalermoContext context, string from, string to, string messageId) =>
        messageId.Length == 0 ? null : context.Set<RelayedMessage>().FirstOrDefault(m => m.From == from && m.To == to && m.MessageId == messageId && m.FetchedAt == null);

    /// <summary>Removes bytes that are nobody's any more.</summary>
    private static void Drop(ExchangeModule module, string sha256)
    {
        using var context = module.Database.Connect();
        if (!context.Set<RelayedMessage>().Any(m => m.Sha256 == sha256 && m.FetchedAt == null)) File.Delete(PlaceOf(module, sha256));
    }

    private static IResult Give(ExchangeModule module, HttpContext http)
    {
        if (Caller(module, http) is not { } node) return Results.StatusCode(StatusCodes.Status403Forbidden);
        using var context = module.Database.Connect();
        if (context.Set<RelayedMessage>().AsNoTracking().Where(m => m.To == node.Party && m.FetchedAt == null).OrderBy(m => m.Id).AsEnumerable().FirstOrDefault(m => File.Exists(PlaceOf(module, m.Sha256))) is not { } waiting) return Results.NoContent();
        http.Response.Headers[HttpLine.NumberHeader] = waiting.Id.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers[HttpLine.FromHeader] = waiting.From;
        return Results.File(PlaceOf(module, waiting.Sha256), waiting.ContentType);
    }

    private static IResult Forget(ExchangeModule module, HttpContext http, long number)
    {
        if (Caller(module, http) is not { } node) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var gone = Change.Make(module.Database, new Kernel.Access.Actor(null, node.Organization, node.Party), module.Clock, change =>
        {
            if (change.Context.Set<RelayedMessage>().FirstOrDefault(m => m.Id == number && m.To == node.Party && m.FetchedAt == null) is not { } waiting) return null;
            waiting.FetchedAt = change.Now;
            change.Audit("relay.fetched", "exchange", node.Party, "", $"{waiting.From} sha256:{waiting.Sha256}");
            return change.Context.Set<RelayedMessage>().Any(m => m.Sha256 == waiting.Sha256 && m.Id != number && m.FetchedAt == null) ? "" : waiting.Sha256;
        });
        if (gone is null) return Results.NotFound();
        if (gone.Length > 0) File.Delete(PlaceOf(module, gone));
        return Results.NoContent();
    }

    /// <summary>Clears away what a fall left behind, and what nobody fetched although its sender has long given it up.</summary>
    internal static void Sweep(ExchangeModule module)
    {
        if (!Directory.Exists(Folder(module))) return;
        var now = module.Clock.GetUtcNow().UtcDateTime;
        using var context = module.Database.Connect();
        var old = context.Set<RelayedMessage>().AsNoTracking().Where(m => m.FetchedAt == null && m.At < now - Longest).OrderBy(m => m.Id).Take(MostAtOnce).ToList();
        foreach (var message in old)
            Change.Make(module.Database, Kernel.Access.Actor.Node, module.Clock, change =>
            {
                change.Context.Set<RelayedMessage>().First(m => m.Id == message.Id).FetchedAt = change.Now;
                change.Audit("relay.dropped", "exchange", message.To, "", $"{message.From} sha256:{message.Sha256}");
            });
        var kept = context.Set<RelayedMessage>().Where(m => m.FetchedAt == null).Select(m => m.Sha256).ToHashSet(StringComparer.Ordinal);
        // What is being taken in right now has no row yet.
        foreach (var file in new DirectoryInfo(Folder(module)).EnumerateFiles().Where(f => !kept.Contains(f.Name) && f.LastWriteTimeUtc < now - LongestTaking)) file.Delete();
    }

    private static NodeEntry? Caller(ExchangeModule module, HttpContext http) => module.Trust.HasIdentity ? NodeCaller.Of(http) : null;

    private static string PlaceOf(ExchangeModule module, string sha256) => System.IO.Path.Combine(Folder(module), sha256);

    private static string RefusedContentType(string? type) => type is { Length: > 0 and < 1000 } && !type.Any(char.IsControl) ? type : "application/octet-stream";

    private static async Task<(long Length, string Sha256)> Spool(Stream body, string file, Intake.Place intake, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var sink = Disk.Create(file);
        var buffer = new byte[64 << 10];
        var length = 0L;
        for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0; length += read)
        {
            if (length + read > MostBytes) throw new RefusedException("exchange.too-large", ("n", (int)(MostBytes >> 20)));
            intake.Add(read);
            hash.AppendData(buffer, 0, read);
            await sink.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        sink.Flush(flushToDisk: true);
        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
