namespace Palermo.Web;

/// <summary>Names this assembly, whose <c>Texts/</c> hold the words of the frame around every page.</summary>
public static class WebTexts;
