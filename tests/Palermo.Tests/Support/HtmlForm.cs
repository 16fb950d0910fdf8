using System.Net;
using System.Text.RegularExpressions;

namespace Palermo.Tests.Support;

/// <summary>The hidden fields of a page's form.</summary>
internal static partial class HtmlForm
{
    /// <summary>Hidden fields of the form of this name, its token included.</summary>
    internal static IReadOnlyList<(string Name, string Value)> Read(string html, string form) => Of(html, $"name=\"_handler\" value=\"{form}\"");

    /// <summary>Hidden fields of the form that is sent to an address.</summary>
    internal static IReadOnlyList<(string Name, string Value)> ReadAction(string html, string action) => Of(html, $"action=\"{action}\"");

    private static IReadOnlyList<(string Name, string Value)> Of(string html, string mark)
    {
        var body = Forms().Matches(html).Select(m => m.Value).FirstOrDefault(f => f.Contains(mark, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"There is no form with {mark} in: {html[..Math.Min(html.Length, 3000)]}");
        return
        [
            .. Inputs().Matches(body).Select(m => m.Value).Where(i => i.Contains("type=\"hidden\"", StringComparison.Ordinal))
                .Select(i => (Name: ValueOf(i, "name"), Value: ValueOf(i, "value"))).Where(i => i.Name.Length > 0),
        ];
    }

    private static string ValueOf(string input, string attribute) => WebUtility.HtmlDecode(Regex.Match(input, $"\\s{attribute}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value);

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inputs();
}
