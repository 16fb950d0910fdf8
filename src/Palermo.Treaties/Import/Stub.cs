using Palermo.Kernel;
namespace Palermo.Treaties.Import;
#pragma warning disable
public sealed record UntcFile(string Language, string Chapter, string Title, string Conclusion, DateOnly? ConcludedOn, DateOnly? EntryIntoForce, string RegistrationNumber, int? Signatories, int? Parties, IReadOnlyList<UntcAct> Acts, IReadOnlyList<UntcText> Texts, DateOnly LatestDate);
public sealed record UntcAct(string StateCode, string NameInFile, string Action, DateOnly Date, bool Bracketed, int Row, string Column);
public sealed record UntcText(string StateCode, string Section, string Text);
public sealed record UntcProblem(int Row, string Column, string Text);
public class UntcProblemsException(IReadOnlyList<UntcProblem> p) : Exception { public IReadOnlyList<UntcProblem> Problems => p; }
public static class UntcXml { public static UntcFile Read(Stream s, StateDirectory d) => throw new NotImplementedException(); public static UntcProblem? CountProblem(UntcFile f) => null; }
