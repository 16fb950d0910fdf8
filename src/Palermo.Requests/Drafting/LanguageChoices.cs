using System.Globalization;
using Palermo.Kernel;
using Palermo.Requests.Completeness;
using Palermo.Requests.Document;

namespace Palermo.Requests.Drafting;

/// <summary>Languages a request may be written in and go out in: the seven of the interface, and those the states themselves use.</summary>
/// <remarks>UNTOC art. 18(14): in a language acceptable to the requested State Party.</remarks>
internal static class LanguageChoices
{
    /// <summary>Languages for the authority that receives it: what the requested state accepts, as its authority says and as the basis says.</summary>
    internal static IReadOnlyList<(string, string)> Target(RequestsModule module, RequestDocument document) =>
        With([.. CheckRequest.RequirementsOf(module, document)?.Languages ?? [], .. LanguageFits.OfBasis(document) ?? [], document.TargetLanguage ?? ""]);

    /// <summary>Languages it is written in: what the requesting state's own authorities use.</summary>
    internal static IReadOnlyList<(string, string)> Own(RequestsModule module, RequestDocument document)
    {
        var own = module.Treaties.Reference.States.Find(document.Requesting ?? "") is { } state && module.Kinds.Find(document.Kind) is { } kind ? module.Authorities.RequirementsOf(state, kind.Code).Languages : [];
        return With([.. own.SelectMany(l => l.Codes), document.Language ?? ""]);
    }

    /// <summary>A language by its own name; the code where there is none.</summary>
    internal static string Name(string code)
    {
        if (Language.Find(code) is { } one) return one.Endonym;
        try
        {
            return CultureInfo.GetCultureInfo(code, predefinedOnly: true).NativeName;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }

    private static IReadOnlyList<(string, string)> With(IReadOnlyList<string> codes) =>
    [
        .. Language.All.Select(l => (l.Code, l.Endonym)),
        .. codes.Where(c => LanguageFits.IsCode(c) && Language.Find(c) is null).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(c => (c, Name(c))),
    ];
}
