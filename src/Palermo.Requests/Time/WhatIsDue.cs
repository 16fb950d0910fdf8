using Palermo.Data.Cases;
using Palermo.Kernel;

namespace Palermo.Requests.Time;

/// <summary>What is due, in words: those the program entered by itself are kept as codes and said in the reader's language.</summary>
internal static class WhatIsDue
{
    internal const string Mark = "@", Added = ": ", Answer = "@answer", Clarification = "@clarification", Disclosure = "@disclosure", Confirmation = "@confirmation",
        Arrest = Mark + KeepDeadline.ProvisionalArrest, SafeConduct = Mark + KeepDeadline.SafeConduct;

    /// <summary>The text of a deadline in a language.</summary>
    internal static string In(Texts texts, Language language, Deadline deadline)
    {
        var code = Code(deadline.Text);
        if (code is not (Answer or Clarification or Disclosure or Confirmation or Arrest or SafeConduct)) return deadline.Text;
        return texts.Say(language, "time.due." + code[1..]) + deadline.Text[code.Length..];
    }

    /// <summary>What is due by its code, without what somebody added to it; the whole text when it is none of the program's own.</summary>
    internal static string Code(string text) => text.StartsWith(Mark, StringComparison.Ordinal) && text.IndexOf(Added, StringComparison.Ordinal) is var end and > 0 ? text[..end] : text;

    /// <summary>Where a legal deadline of the program's own stands; nothing for one that somebody wrote.</summary>
    internal static Citation SourceOf(string text) => Code(text) switch
    {
        Arrest => new("untoc", "16(9)"),
        SafeConduct => new("untoc", "18(27)"),
        Disclosure => new("untoc", "18(19)"),
        Confirmation => new("untoc", "18(14)"),
        _ => default,
    };
}
