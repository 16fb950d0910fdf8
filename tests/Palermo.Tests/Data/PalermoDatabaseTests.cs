using Palermo.Data;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Data;

public sealed class PalermoDatabaseTests
{
    [Theory]
    [InlineData("Host=db.example;Database=palermo;Username=u;Password=secret", "PostgreSQL db.example/palermo")]
    [InlineData("postgresql://u:secret@db.example:5433/palermo", "PostgreSQL db.example/palermo")]
    [InlineData("postgres://u@db.example/pal%C3%A9rmo", "PostgreSQL db.example/palérmo")]
    [InlineData("Server=db.example;Database=palermo;Password=secret", "PostgreSQL db.example/palermo")]
    [InlineData("postgresql://u@db.example/palermo?sslmode=verify-full", "PostgreSQL db.example/palermo")]
    public void APostgresRecordIsDescribedWithoutItsSecrets(string data, string described)
    {
        var database = PalermoDatabase.At(data);
        database.IsPostgres.ShouldBeTrue();
        database.Described.ShouldBe(described);
    }

    [Theory]
    [InlineData("Host=db;Colour=red")]
    [InlineData("Host=db;Port=many")]
    [InlineData("Adress=db;Password=secret")]
    [InlineData("postgresql://u@db/palermo?colour=red")]
    public void AConnectionStringThatCannotBeReadIsRefused(string data) =>
        Should.Throw<RefusedException>(() => PalermoDatabase.At(data)).Text.Key.ShouldBe("refused.connection-string");

    [Fact]
    public void AFileMayBeNamedAfterPostgres()
    {
        using var folder = new TestFolder();
        PalermoDatabase.At(folder.File("postgres.db")).IsPostgres.ShouldBeFalse();
    }

    [Fact]
    public void AFolderGetsTheUsualFileNameAndMissingFoldersAreMade()
    {
        using var folder = new TestFolder();
        PalermoDatabase.At(folder.Path).Described.ShouldBe(folder.File("palermo.db"));
        var deep = PalermoDatabase.At(folder.File("a/b/c.db"));
        deep.Prepare();
        File.Exists(folder.File("a/b/c.db")).ShouldBeTrue();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    [Fact]
    public void AFileThatIsNoDatabaseIsRefusedAndLeftAlone()
    {
        using var folder = new TestFolder();
        var file = folder.Write("notes.txt", "These are my notes, and they are longer than the header of a database file would be; nobody wants them overwritten.");
        Should.Throw<RefusedException>(() => PalermoDatabase.At(file).Prepare()).Text.Key.ShouldBe("refused.database");
        File.ReadAllText(file).ShouldStartWith("These are my notes");
    }

    [Fact]
    public void AServerThatIsNotThereIsRefused() =>
        Should.Throw<RefusedException>(() => PalermoDatabase.At("Host=127.0.0.1;Port=1;Database=x;Username=x;Timeout=5").Prepare()).Text.Key.ShouldBe("refused.database");
}
