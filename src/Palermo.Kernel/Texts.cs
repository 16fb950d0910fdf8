using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Palermo.Kernel;

/// <summary>A text for people, not yet in any language: the key of a message and what fills its placeholders.</summary>
/// <remarks>
/// A filling may be a string, a number, a <see cref="DateOnly"/>, an <see cref="INamed"/>, another <see cref="Message"/>,
/// or a list of any of these.
/// </remarks>
/// <param name="Key">Key of the message in the modules' <c>Texts/*.json</c>.</param>
/// <param name="Fillings">Placeholder names and what stands in for them.</param>
public sealed record Message(string Key, params (string Name, object? Value)[] Fillings);

/// <summary>Something that has a name in every language, such as a state or an instrument.</summary>
public interface INamed
{
    /// <summary>The name in a language.</summary>
    string NameIn(Language language);
}

/// <summary>
/// The interface's texts in seven languages, read from the <c>Texts/AREA.xx.json</c> resources of every module.
/// A key that depends on a number has one entry per plural form, for example <c>parties.one</c> and <c>parties.other</c>,
/// chosen by the placeholder <c>n</c>.
/// </summary>
public sealed class Texts
{
    /// <summary>Around codes and article numbers in right-to-left text, so that <c>18(7)</c> is not shown as <c>(7)18</c>.</summary>
    private const char Isolate = '\u2066', EndIsolate = '\u2069';

    private readonly Lazy<FrozenDictionary<string, string>>[] _byLanguage;

    private Texts(Lazy<FrozenDictionary<string, string>>[] byLanguage) => _byLanguage = byLanguage;

    /// <summary>Reads the resources of the given assemblies, each language when it is first asked for; a key may stand in one module only.</summary>
    public static Texts Load(params IReadOnlyList<Assembly> modules) =>
        new([.. Language.All.Select(language => new Lazy<FrozenDictionary<string, string>>(() => ReadAll(modules, language)))]);

    private static FrozenDictionary<string, string> ReadAll(IReadOnlyList<Assembly> modules, Language language)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, text) in modules.SelectMany(m => ReadModule(m, language)))
            if (!all.TryAdd(key, text)) throw new InvalidDataException($"The text “{key}” stands in two modules ({language.Code}).");
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>One module's texts in one language, from all its files <c>Texts/AREA.xx.json</c>.</summary>
    public static IReadOnlyDictionary<string, string> ReadModule(Assembly module, Language language)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in module.GetManifestResourceNames())
        {
            if (!name.Contains(".Texts.", StringComparison.Ordinal) || !name.EndsWith($".{language.Code}.json", StringComparison.Ordinal)) continue;
            using var stream = module.GetManifestResourceStream(name)!;
            foreach (var (key, text) in JsonSerializer.Deserialize(stream, KernelJson.Default.DictionaryStringString)!)
                if (!texts.TryAdd(key, text)) throw new InvalidDataException($"The text “{key}” stands twice in {module.GetName().Name} ({language.Code}).");
        }

        return texts;
    }

    /// <summary>Whether a message of this key exists.</summary>
    public bool Has(string key) => _byLanguage[0].Value.ContainsKey(key);

    /// <summary>A message in a language. A key without a text is a fault of the program and throws.</summary>
    public string Say(Language language, Message message) => Fill(language, message.Key, message.Fillings);

    /// <summary>A message in a language as <see cref="KeptMessage"/> keeps it; what is none, or one that this version has no text for, as it stands.</summary>
    public string SayKept(Language language, string kept)
    {
        try
        {
            return KeptMessage.Read(kept) is { } message ? Say(language, message) : kept;
        }
        catch (InvalidDataException)
        {
            return kept;
        }
    }

    /// <summary>A message in a language, its placeholders filled.</summary>
    public string Say(Language language, string key, params (string Name, object? Value)[] fillings) => Fill(language, key, fillings);

    private string Fill(Language language, string key, (string Name, object? Value)[] fillings)
    {
        var text = Find(language, key, fillings);
        if (fillings.Length == 0 || !text.Contains('{', StringComparison.Ordinal)) return text;
        var result = new StringBuilder(text.Length + 40);
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0) break;
            result.Append(text, at, open - at);
            var name = text.AsSpan(open + 1, close - open - 1);
            foreach (var (n, value) in fillings)
            {
                if (!name.SequenceEqual(n)) continue;
                Write(result, language, value);
                break;
            }

            at = close + 1;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private string Find(Language language, string key, (string Name, object? Value)[] fillings)
    {
        var texts = _byLanguage[language.Index].Value;
        if (texts.TryGetValue(key, out var text)) return text;
        foreach (var (name, value) in fillings)
        {
            if (name == "n" && value is int n
                && (texts.TryGetValue($"{key}.{Plural.Form(language, n)}", out text) || texts.TryGetValue($"{key}.other", out text)))
                return text;
        }

        throw new InvalidDataException($"No text “{key}” in {language.Code}.");
    }

    private void Write(StringBuilder to, Language language, object? value)
    {
        switch (value)
        {
            case null: break;
            case string s when language.RightToLeft && s.Any(char.IsAsciiLetterOrDigit) && !s.Any(IsRightToLeft): to.Append(Isolate).Append(s).Append(EndIsolate); break;
            case string s: to.Append(s); break;
            case INamed named: to.Append(named.NameIn(language)); break;
            case Message m: to.Append(Say(language, m)); break;
            case DateOnly d: to.Append(Dates.Written(d, language)); break;
            case int i: to.Append(i.ToString("N0", Numbers(language))); break;
            case System.Collections.IEnumerable list:
                var first = true;
                foreach (var item in list)
                {
                    if (!first) to.Append(language.Code is "zh" ? "、" : language.Code is "ar" ? "، " : ", ");
                    first = false;
                    Write(to, language, item);
                }

                break;
            default: to.Append(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static bool IsRightToLeft(char c) => c is >= '\u0590' and <= '\u08FF';

    /// <summary>Digits are the ones treaty articles are cited with, in every language; only the grouping differs.</summary>
    private static NumberFormatInfo Numbers(Language language) =>
        language.Code == "ar" ? CultureInfo.InvariantCulture.NumberFormat : language.Culture.NumberFormat;
}
