using System.CommandLine;
using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Requests.Kinds;

/// <summary>Starts a request from the finder's answer, frozen as it was: <c>palermo request new --from-basis FILE</c>.</summary>
public static class StartFromBasis
{
    /// <summary>A new request between the states of the answer that relies on its first basis.</summary>
    /// <param name="catalogue">What each kind asks for.</param>
    /// <param name="report">The finder's answer.</param>
    /// <param name="askedOn">The day it was given.</param>
    /// <param name="record">Number of the record's last batch then; 0 when not known.</param>
    /// <param name="kind">Code of a more particular kind; by default the first the finder's kind leads to.</param>
    /// <exception cref="RefusedException">Nothing carries the request, or the kind does not fit the answer.</exception>
    public static RequestDocument Of(KindCatalogue catalogue, BasisReport report, DateOnly askedOn, int record, string? kind = null)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(report);
        if (report.Available.Count == 0) throw new RefusedException("refused.basis-no-primary");
        var leadsTo = catalogue.Kinds.Where(k => k.FinderKind == report.Query.Kind).ToArray();
        var chosen = kind is null ? leadsTo.FirstOrDefault() : catalogue.Resolve(kind);
        if (chosen is null || !leadsTo.Contains(chosen))
            throw new RefusedException("refused.kind-of-basis", ("given", RefusedException.Shorten(report.Query.Kind)), ("choices", leadsTo.Select(k => k.Code).ToArray())) { Field = "kind" };
        return new RequestDocument
        {
            Id = Guid.NewGuid(),
            Kind = chosen.Code,
            Requesting = report.Query.From,
            Requested = report.Query.To,
            Basis = new(askedOn, record, report, [chosen.Order([.. report.Available.Where(a => a.Role == "primary").Select(a => a.Instrument)]) is [var first, ..] ? first : report.Available[0].Instrument]),
        };
    }

    internal static Command Command(RequestCommands.Context context)
    {
        var from = new Option<FileInfo>("--from-basis") { Description = "Answer of “palermo basis … --json”.", Required = true };
        var kind = new Option<string>("--kind") { Description = "Kind of request, when the answer leads to more than one." };
        var target = new Option<FileInfo>("--out") { Description = "File to write, which must not exist yet; by default the request is printed." };
        var command = new Command("new", "Starts a request from the finder's answer.") { from, kind, target, RequestCommands.Language };
        command.SetAction(result =>
        {
            var language = RequestCommands.LanguageOf(result);
            using var file = RequestCommands.OpenFile(result.GetValue(from)!);
            var request = Of(context.Kinds.Value, ReadRequest.BasisFromJson(ReadRequest.Bytes(file)), context.Today, 0, result.GetValue(kind));
            var json = WriteRequest.ToReadableJson(request);
            if (result.GetValue(target) is not { } path)
            {
                RequestCommands.Line(result, json);
                return 0;
            }

            // A file that is there may hold a colleague's work.
            using (var written = new StreamWriter(new FileStream(path.FullName, FileMode.CreateNew))) written.Write(json + "\n");
            RequestCommands.Line(result, context.Texts.Say(language, "request.check.written", ("path", path.FullName)));
            return 0;
        });
        return command;
    }
}
