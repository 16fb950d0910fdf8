namespace Palermo.Treaties.LegalBasis.Ask;

/// <summary>The steps of the question, in their order; the last one shows all answers.</summary>
public enum AskStep
{
    /// <summary>Who asks whom.</summary>
    States = 1,

    /// <summary>The kind of cooperation.</summary>
    Kind,

    /// <summary>The offence.</summary>
    Offence,

    /// <summary>The facts.</summary>
    Facts,

    /// <summary>The day, and the territory where one of the two states has some.</summary>
    Place,

    /// <summary>Check your answers.</summary>
    Check,
}
