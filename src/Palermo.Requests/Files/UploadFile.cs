using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Web;

namespace Palermo.Requests.Files;

/// <summary>
/// Takes the form with a file, part by part as it comes in. The form's token is its first part, so that a forged form is refused
/// before its file is read; the framework's own check would read the whole form, file included, to find the token.
/// </summary>
internal static class UploadFile
{
    /// <summary>What a form may hold besides the file, in bytes.</summary>
    internal const int Besides = 64 << 10;
    private const int MostFields = 10, LongestField = 4096, LongestBoundary = 100;

    /// <summary>Takes the form; a script is answered with a line of text, a browser with the page.</summary>
    internal static async Task<IResult> Take(HttpContext http, RequestsModule module, FileSettings settings, Guid requestId)
    {
        var page = http.RequestServices.GetRequiredService<PageContext>();
        var toScript = http.Request.Headers.Accept.ToString() == "text/plain";
        var address = $"/requests/{requestId}/files?stored=1";
        try
        {
            await Read(http, module, settings, page.SignedIn, requestId);
            return toScript ? Results.Text(address) : Results.LocalRedirect(address);
        }
        catch (RefusedException e) when (toScript && !e.Forbidden && !e.NotFound)
        {
            return Results.Text(page.Say(e.Text), statusCode: e.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest);
        }
    }

    private static async Task Read(HttpContext http, RequestsModule module, FileSettings settings, Viewer viewer, Guid requestId)
    {
        StoreFile.Check(module, viewer, requestId);
        var tooLarge = new RefusedException("files.too-large", ("n", (int)(settings.Largest >> 20)));
        if (http.Request.ContentLength > settings.Largest + Besides) throw tooLarge;
        try
        {
            await Parts(http, module, settings, viewer, requestId, new MultipartReader(BoundaryOf(http.Request), http.Request.Body, SealedFormat.Chunk) { HeadersCountLimit = 8, HeadersLengthLimit = 8 << 10 });
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw tooLarge;
        }
        catch (InvalidDataException)
        {
            throw new RefusedException("files.form");
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new RefusedException("files.cut-off");
        }
    }

    private static async Task Parts(HttpContext http, RequestsModule module, FileSettings settings, Viewer viewer, Guid requestId, MultipartReader reader)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var genuine = viewer.Scopes is not null || await IsGenuine(http, null);
        while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || fields.Count == MostFields) throw new RefusedException("files.form");
            if (disposition.IsFileDisposition())
            {
                if (!genuine) throw new RefusedException("files.forged") { Forbidden = true };
                var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
                var input = new NewFile(fields.GetValueOrDefault("purpose"), fields.GetValueOrDefault("title"), HeaderUtilities.RemoveQuotes(name).ToString());
                await StoreFile.Store(module, settings, viewer, requestId, input, part.Body, http.RequestAborted);
                return;
            }

            var text = await TextOf(part.Body, http.RequestAborted);
            var field = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (field == "token" && !genuine) genuine = await IsGenuine(http, text);
            fields[field] = text;
        }

        throw new RefusedException("files.choose") { Field = "file" };
    }

    /// <summary>Whether the form comes from a page of ours: by the token of its header, or by the one given, which is put there. Without a header the framework would read the form.</summary>
    private static async Task<bool> IsGenuine(HttpContext http, string? token)
    {
        var header = http.RequestServices.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.HeaderName!;
        if (token is not null) http.Request.Headers[header] = token;
        return http.Request.Headers[header].Count > 0 && await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
    }

    private static async Task<string> TextOf(Stream part, CancellationToken cancel)
    {
        var buffer = new byte[LongestField + 1];
        var length = await part.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return length <= LongestField ? Encoding.UTF8.GetString(buffer, 0, length) : throw new RefusedException("files.form");
    }

    private static string BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) throw new RefusedException("files.form");
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= LongestBoundary ? boundary : throw new RefusedException("files.form");
    }
}
