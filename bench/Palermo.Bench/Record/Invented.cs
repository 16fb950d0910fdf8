namespace Palermo.Bench.Record;

/// <summary>Names, words and numbers, invented from a seed: the same every time.</summary>
internal sealed class Invented(int seed)
{
    private static readonly string[] Syllables = ["ba", "ko", "mi", "ren", "sal", "to", "vi", "lor", "da", "pe", "gu", "shi", "mar", "an", "el", "fo", "ru", "chi", "ne", "zo"];
    private static readonly string[] Cyrillic = ["ива", "нов", "пет", "ров", "али", "сер", "гей", "мак", "ким", "оле"];
    private static readonly string[] Han = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "伟", "芳", "娜", "敏", "静", "丽", "强", "磊"];

#pragma warning disable CA5394 // Invented figures need no secret randomness.
    private readonly Random _random = new(seed);

    internal int Number(int below) => _random.Next(below);

    internal bool Chance(double share) => _random.NextDouble() < share;

    internal TValue OneOf<TValue>(IReadOnlyList<TValue> choices) => choices[_random.Next(choices.Count)];

    internal Guid Id()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
#pragma warning restore CA5394

    internal (string Family, string Given, string Script) Name() => Number(20) switch
    {
        0 => (Join(Cyrillic, 2), Join(Cyrillic, 2), "Cyrl"),
        1 => (OneOf(Han), OneOf(Han) + OneOf(Han), "Hans"),
        _ => (Join(Syllables, 3), Join(Syllables, 2), "Latn"),
    };

    /// <summary>Words of which a few stand in many cases and most in few, as in real texts.</summary>
    internal string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Number(3) == 0 ? OneOf(Common) : Word(Number(Number(8000) + 1))));

    private static readonly string[] Common = ["organized", "group", "transfer", "account", "bank", "evidence", "company", "drugs", "container", "port", "the", "of", "and", "payment", "seizure"];

    private static string Word(int number) => Syllables[number % 20] + Syllables[number / 20 % 20] + Syllables[number / 400 % 20];

    private string Join(string[] parts, int count)
    {
        var text = string.Concat(Enumerable.Range(0, count).Select(_ => OneOf(parts)));
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
