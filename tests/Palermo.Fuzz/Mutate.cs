namespace Palermo.Fuzz;

/// <summary>Changes bytes at random, the way files are broken and attacks are made.</summary>
internal sealed class Mutate(Random random)
{
    private const int Largest = 1 << 20;

    /// <summary>One of a target's inputs, changed once or several times; now and then not at all.</summary>
    internal byte[] Some(Target target)
    {
        var bytes = (byte[])target.Seeds[random.Next(target.Seeds.Count)].Clone();
        for (var times = random.Next(8) switch { 0 => 0, < 5 => 1, < 7 => 2, _ => random.Next(3, 12) }; times > 0; times--)
            bytes = Once(bytes, target);
        return bytes;
    }

    private byte[] Once(byte[] bytes, Target target)
    {
        var at = random.Next(bytes.Length + 1);
        var until = Math.Min(bytes.Length, at + random.Next(1, random.Next(4) == 0 ? 2000 : 40));
        switch (random.Next(10))
        {
            case 0 when bytes.Length > 0:
                bytes[Math.Min(at, bytes.Length - 1)] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1 when bytes.Length > 0:
                bytes[Math.Min(at, bytes.Length - 1)] = (byte)random.Next(256);
                return bytes;
            case 2: return [.. bytes[..at], .. bytes[until..]];
            case 3: return Cut([.. bytes[..until], .. bytes[at..until], .. bytes[until..]]);
            case 4: return bytes[..at];
            case 5: return Cut([.. bytes[..at], .. Word(target), .. bytes[at..]]);
            case 6: return Cut([.. bytes[..at], .. Word(target), .. bytes[until..]]);
            case 7:
                var other = target.Seeds[random.Next(target.Seeds.Count)];
                var from = random.Next(other.Length + 1);
                return Cut([.. bytes[..at], .. other[from..Math.Min(other.Length, from + random.Next(1, 500))], .. bytes[at..]]);
            case 8:
                // Two stretches change places.
                var middle = random.Next(at, until + 1);
                return [.. bytes[..at], .. bytes[middle..until], .. bytes[at..middle], .. bytes[until..]];
            default:
                var many = new byte[random.Next(1, random.Next(20) == 0 ? 70_000 : 300)];
                Array.Fill(many, (byte)random.Next(256));
                return Cut([.. bytes[..at], .. many, .. bytes[at..]]);
        }
    }

    private byte[] Word(Target target) => target.Words[random.Next(target.Words.Count)];

    private static byte[] Cut(byte[] bytes) => bytes.Length <= Largest ? bytes : bytes[..Largest];
}
