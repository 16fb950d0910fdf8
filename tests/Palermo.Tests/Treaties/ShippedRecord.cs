using Palermo.Data;
using Palermo.Treaties;

namespace Palermo.Tests.Treaties;

/// <summary>A record of its own with the shipped facts, in a file that goes when the test ends.</summary>
public sealed class ShippedRecord : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("palermo-test-");

    public ShippedRecord() =>
        Module = TreatyModule.Open(PalermoDatabase.At(Path.Combine(_folder.FullName, "p.db")), Path.Combine(AppContext.BaseDirectory, "data"), Program.LoadTexts(), TimeProvider.System);

    public TreatyModule Module { get; }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
