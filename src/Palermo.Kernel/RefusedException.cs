namespace Palermo.Kernel;

/// <summary>
/// Input that cannot be taken: one sentence that says what was wrong and what was expected.
/// The command line prints it and exits with 2; a page shows it with status 400.
/// </summary>
public sealed class RefusedException : Exception
{
    /// <summary>Refuses with a message of the interface's texts.</summary>
    public RefusedException(string key, params (string Name, object? Value)[] fillings)
        : this(new Message(key, fillings)) { }

    /// <summary>Refuses with a message of the interface's texts.</summary>
    public RefusedException(Message text)
        : base(text.Key) => Text = text;

    /// <summary>The sentence to show.</summary>
    public Message Text { get; }

    /// <summary>Whether somebody else changed the record first (status 409).</summary>
    public bool Conflict { get; init; }

    /// <summary>Whether what was asked for does not exist (status 404).</summary>
    public bool NotFound { get; init; }

    /// <summary>Whether the caller may not do this at all (status 403).</summary>
    public bool Forbidden { get; init; }

    /// <summary>Whether the caller has to say first who is asking (status 401).</summary>
    public bool Stranger { get; init; }

    /// <summary>Whether the caller has to wait before asking again (status 429).</summary>
    public bool TooOften { get; init; }

    /// <summary>The status with which it is answered over HTTP.</summary>
    public int Status => Stranger ? 401 : Forbidden ? 403 : TooOften ? 429 : Conflict ? 409 : NotFound ? 404 : 400;

    /// <summary>Name of the field it belongs to, as forms and addresses call it; null when it belongs to none.</summary>
    public string? Field { get; init; }

    /// <summary>Reads a field; a refusal says which field it was.</summary>
    /// <exception cref="RefusedException">The reader refused.</exception>
    public static T For<T>(string field, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (RefusedException e)
        {
            throw new RefusedException(e.Text) { Conflict = e.Conflict, NotFound = e.NotFound, Forbidden = e.Forbidden, Stranger = e.Stranger, TooOften = e.TooOften, Field = field };
        }
    }

    /// <summary>A stranger's text, cut so that a message cannot be flooded and stripped of control characters.</summary>
    public static string Shorten(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var clean = Plain.Text(text.Take(161));
        if (clean.Length <= 80) return clean;
        return clean[..(char.IsHighSurrogate(clean[78]) ? 78 : 79)] + "…";
    }
}
