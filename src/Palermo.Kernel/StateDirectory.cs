using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Palermo.Kernel;

/// <summary>All states, and the resolution of what people type to a code. Names are never compared anywhere else.</summary>
public sealed class StateDirectory
{
    private readonly FrozenDictionary<string, State> _byCode;
    private readonly FrozenDictionary<string, State> _byName;
    private readonly FrozenDictionary<string, State[]> _ambiguous;
    private readonly FrozenDictionary<string, Territory> _territories;

    private StateDirectory(
        IReadOnlyList<State> all, Dictionary<string, State> byCode, Dictionary<string, State> byName,
        Dictionary<string, State[]> ambiguous, IReadOnlyList<Territory> territories, IReadOnlyList<Region> regions)
    {
        All = all;
        Territories = territories;
        Regions = regions;
        _byCode = byCode.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _ambiguous = ambiguous.ToFrozenDictionary(StringComparer.Ordinal);
        _territories = territories.ToFrozenDictionary(t => t.Code, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All participants, by alpha-3 code.</summary>
    public IReadOnlyList<State> All { get; }

    /// <summary>Territories with a code of their own, by code.</summary>
    public IReadOnlyList<Territory> Territories { get; }

    /// <summary>The regional groups of the United Nations.</summary>
    public IReadOnlyList<Region> Regions { get; }

    /// <summary>Reads <c>states.csv</c>, <c>names.csv</c>, <c>aliases.csv</c>, <c>ambiguous.csv</c>, <c>territories.csv</c> and <c>regions.csv</c>.</summary>
    /// <param name="folder">The folder that holds them.</param>
    /// <exception cref="DataFileException">A file cannot be understood, or a name would stand for two states.</exception>
    public static StateDirectory Load(string folder)
    {
        var languages = Language.All.Select(l => l.Code).ToArray();
        var states = new List<State>();
        var byCode = new Dictionary<string, State>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in DataFile.Read(Path.Combine(folder, "states.csv"), "alpha3", "alpha2", "numeric", "region", "un_member", "oas_member", "kind", "note").Rows.OrderBy(r => r["alpha3"], StringComparer.Ordinal))
        {
            var state = new State(
                row.Required("alpha3"), row.Required("alpha2"), row["numeric"], row["region"],
                row.OneOf("un_member", "yes", "no") == "yes", row.OneOf("oas_member", "yes", "no") == "yes",
                row.OneOf("kind", "member-state", "observer-state", "non-member-state", "regional-organization"), states.Count);
            states.Add(state);
            if (!byCode.TryAdd(state.Code, state)) throw row.Wrong("alpha3", "the code stands twice");
            if (!byCode.TryAdd(state.Alpha2, state)) throw row.Wrong("alpha2", "the code stands twice");
        }

        var ambiguous = new Dictionary<string, State[]>(StringComparer.Ordinal);
        foreach (var row in DataFile.Read(Path.Combine(folder, "ambiguous.csv"), "term", "candidates", "note").Rows)
        {
            var candidates = row.Required("candidates").Split(';').Select(c => byCode.GetValueOrDefault(c) ?? throw row.Wrong("candidates", $"unknown state “{c}”")).ToArray();
            ambiguous[Fold(row.Required("term"))] = candidates;
        }

        var byName = new Dictionary<string, State>(StringComparer.Ordinal);
        void AddName(DataRow row, string column, State state)
        {
            var name = Fold(row.Required(column));
            if (name.Length == 0) throw row.Wrong(column, "the name has no letters");
            if (ambiguous.ContainsKey(name)) return;
            if (!byName.TryAdd(name, state) && !byName[name].Equals(state))
                throw row.Wrong(column, $"the name stands for {byName[name].Code} already");
        }

        var named = DataFile.Read(Path.Combine(folder, "names.csv"), ["alpha3", .. languages]);
        foreach (var row in named.Rows)
        {
            var state = byCode.GetValueOrDefault(row["alpha3"]) ?? throw row.Wrong("alpha3", "unknown state");
            foreach (var language in Language.All)
            {
                AddName(row, language.Code, state);
                state.SetName(language, row[language.Code]);
            }
        }

        if (states.FirstOrDefault(s => s.NameIn(Language.English) is null) is { } nameless)
            throw new DataFileException("names.csv", named.Rows.Count + 1, "alpha3", $"no row for {nameless.Code}");

        foreach (var row in DataFile.Read(Path.Combine(folder, "aliases.csv"), "alpha3", "alias", "note").Rows)
            AddName(row, "alias", byCode.GetValueOrDefault(row["alpha3"]) ?? throw row.Wrong("alpha3", "unknown state"));

        var territories = DataFile.Read(Path.Combine(folder, "territories.csv"), ["code", "alpha3_of_state", .. languages]).Rows
            .Select(row => new Territory(
                row.Required("code"),
                byCode.GetValueOrDefault(row["alpha3_of_state"]) ?? throw row.Wrong("alpha3_of_state", "unknown state"),
                [.. languages.Select(l => row.Required(l))]))
            .ToList();
        var regions = DataFile.Read(Path.Combine(folder, "regions.csv"), ["code", .. languages]).Rows
            .Select(row => new Region(row.Required("code"), [.. languages.Select(l => row.Required(l))]))
            .ToList();
        return new StateDirectory(states, byCode, byName, ambiguous, territories, regions);
    }

    /// <summary>The state with this alpha-3 or alpha-2 code, or null.</summary>
    public State? Find(string? code) => code is null ? null : _byCode.GetValueOrDefault(code.Trim());

    /// <summary>The state a person or program means.</summary>
    /// <param name="text">Alpha-3 code, alpha-2 code, or a name in any of the seven languages, in any case, with or without accents.</param>
    /// <exception cref="RefusedException">No state, or more than one, has that name; the message offers the choices.</exception>
    public State Resolve(string? text)
    {
        if (Find(text) is { } coded) return coded;
        var name = Fold(text is { Length: <= 200 } ? text : "");
        if (_ambiguous.TryGetValue(name, out var candidates))
            throw new RefusedException("refused.state-ambiguous", ("given", RefusedException.Shorten(text)), ("choices", candidates.Select(Choice).ToArray()));
        if (_byName.TryGetValue(name, out var state)) return state;
        var near = Near(name);
        throw near.Count == 0
            ? new RefusedException("refused.state-unknown", ("given", RefusedException.Shorten(text)))
            : new RefusedException("refused.state-near", ("given", RefusedException.Shorten(text)), ("choices", near.Select(Choice).ToArray()));
    }

    /// <summary>The state whose name is exactly this one after folding, or null; for names in a depositary's file.</summary>
    public State? FindByName(string name)
    {
        var folded = Fold(name);
        return _ambiguous.ContainsKey(folded)
            ? All.FirstOrDefault(s => Fold(s.NameIn(Language.English)) == folded || Fold(s.NameIn(Language.Find("fr")!)) == folded)
            : _byName.GetValueOrDefault(folded);
    }

    /// <summary>The states that a code, a name or a part of a name may mean, best first; those with a similar name when there are none.</summary>
    /// <param name="text">What somebody typed.</param>
    public IReadOnlyList<State> Search(string text)
    {
        var name = Fold(text is { Length: <= 200 } ? text : "");
        if (name.Length == 0) return [];
        var found = new Dictionary<State, int>();
        void Add(State state, int rank) => found[state] = Math.Min(rank, found.GetValueOrDefault(state, int.MaxValue));
        if (Find(text) is { } coded) Add(coded, 0);
        foreach (var state in _ambiguous.GetValueOrDefault(name) ?? []) Add(state, 1);
        var longEnough = name.Length >= (char.IsAscii(name[0]) ? 3 : 1);
        foreach (var (known, state) in _byName)
        {
            if (known == name) Add(state, 1);
            else if (longEnough && known.Contains(name, StringComparison.Ordinal)) Add(state, known.StartsWith(name, StringComparison.Ordinal) ? 2 : 3);
        }

        return found.Count == 0 ? Near(name) : [.. found.OrderBy(f => f.Value).ThenBy(f => f.Key.Code, StringComparer.Ordinal).Select(f => f.Key)];
    }

    /// <summary>The territory with this code.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public Territory ResolveTerritory(string text)
    {
        if (_territories.TryGetValue(text.Trim(), out var territory)) return territory;
        var name = Fold(text.Length <= 200 ? text : "");
        return Territories.FirstOrDefault(t => t.Names.Any(n => Fold(n) == name))
            ?? throw new RefusedException("refused.territory-unknown", ("given", RefusedException.Shorten(text)), ("choices", Territories.Select(t => t.Code).ToArray()));
    }

    private static object Choice(State state) => new Message("state.choice", ("name", state), ("code", state.Code));

    private List<State> Near(string name)
    {
        if (name.Length < 4) return [];
        return [.. _byName.Where(p => p.Key.StartsWith(name, StringComparison.Ordinal) || (p.Key.Length >= 4 && Distance(p.Key, name) <= (name.Length >= 8 ? 2 : 1)))
            .Select(p => p.Value).Distinct().OrderBy(s => s.Code, StringComparer.Ordinal).Take(6)];
    }

    /// <summary>Edits between two short texts, counted up to 3.</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2) return 3;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }

    /// <summary>A name without case, accents, punctuation and blanks, so that what people type finds it.</summary>
    public static string Fold(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in Decomposed(text))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (!char.IsLetterOrDigit(c)) continue;
            var lower = char.ToLowerInvariant(c);
            result.Append(lower switch { 'ı' => 'i', 'ł' => 'l', 'ø' => 'o', 'أ' or 'إ' or 'آ' => 'ا', 'ى' => 'ي', 'ё' => 'е', _ => lower });
        }

        return result.ToString();
    }

    /// <summary>The text with letters and accents apart; empty when it is not Unicode text, which no name is.</summary>
    private static string Decomposed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return "";
        }
    }
}

/// <summary>A regional group of the United Nations.</summary>
/// <param name="Code">Its code in <c>states.csv</c>.</param>
/// <param name="Names">Its name in each of <see cref="Language.All"/>.</param>
public sealed record Region(string Code, IReadOnlyList<string> Names) : INamed
{
    /// <inheritdoc/>
    public string NameIn(Language language) => Names[language.Index];
}
