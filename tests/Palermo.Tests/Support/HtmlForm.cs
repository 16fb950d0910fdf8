using System.Net;
using System.Text.RegularExpressions;

namespace Palermo.Tests.Support;

/// <summary>The hidden fields of a page's form.</summary>
internal static partial class HtmlForm
{
    /// <summary>Hidden fields of the form of this name, its token included.</summary>
    internal static IReadOnlyList<(string Name, string Value)> Read(string html, string form)
    {
        var body = Forms().Matches(html).Select(m => m.Value).FirstOrDefault(f => f.Contains($"name=\"_handler\" value=\"{form}\"", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"There is no form {form} in: {html[..Math.Min(html.Length, 3000)]}");
        return
        [
            .. Inputs().Matches(body).Select(m => m.Value).Where(i => i.Contains("type=\"hidden\"", StringComparison.Ordinal))
                .Select(i => (Name: Of(i, "name"), Value: Of(i, "value"))).Where(i => i.Name.Length > 0),
        ];
    }

    private static string Of(string input, string attribute) => WebUtility.HtmlDecode(Regex.Match(input, $"\\s{attribute}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value);

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inputs();
}
