using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;

namespace Palermo.Requests.Evidence;

/// <summary>Writes down a limit on the use of what was given with a request.</summary>
internal static class LimitUse
{
    internal const int LongestText = 2000;
    private const int MostOfOneRequest = 200;

    /// <summary>The limit the Convention itself sets, when none was put into words.</summary>
    internal const string ByConvention = "@18(19)";

    /// <exception cref="RefusedException">Without words, of another request's evidence, or not to be written.</exception>
    internal static void Add(RequestsModule module, Viewer viewer, Guid requestId, string? attachment, string? text)
    {
        var words = Plain.Text((text ?? "").ReplaceLineEndings(" ").Trim().Take(LongestText)).Trim();
        if (words.Length == 0) throw new RefusedException("evidence.limit.wrong", ("n", LongestText)) { Field = "text" };
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var request = Visible.Request(change.Context, viewer, requestId);
            Visible.MustWrite(change.Context, viewer, request.Case, request.OrganizationPath);
            if (change.Context.Set<UseLimit>().Count(l => l.Request == requestId) >= MostOfOneRequest) throw new RefusedException("evidence.too-many", ("n", MostOfOneRequest));
            change.Context.Add(new UseLimit { Request = requestId, Attachment = AttachmentOf(change.Context, requestId, attachment), Text = words, At = change.Now });
            change.Audit("evidence.limited", request.Case.ToString(), request.Id.ToString(), "", $"{attachment} {words}".Trim());
            request.ChangedAt = change.Now;
        });
    }

    /// <summary>Evidence of a request that is still in its file.</summary>
    internal static IReadOnlyList<Attachment> EvidenceOf(PalermoContext context, Guid requestId) =>
        [.. context.Set<Attachment>().Where(a => a.Request == requestId && a.RemovedAt == null).OrderBy(a => a.Title).ThenBy(a => a.Id)];

    /// <exception cref="RefusedException">It is not one of the request's.</exception>
    internal static Guid? AttachmentOf(PalermoContext context, Guid requestId, string? given)
    {
        if (string.IsNullOrEmpty(given)) return null;
        return Guid.TryParse(given, out var id) && context.Set<Attachment>().Any(a => a.Id == id && a.Request == requestId && a.RemovedAt == null)
            ? id : throw new RefusedException("evidence.attachment.wrong") { Field = "attachment" };
    }
}
