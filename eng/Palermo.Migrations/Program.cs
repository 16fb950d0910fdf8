using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Palermo.Data;

namespace Palermo.Migrations;

internal static class Program
{
    internal static void Main() => Console.WriteLine("Run dotnet-ef with this project as the start-up project.");
}

internal sealed class Sqlite : IDesignTimeDbContextFactory<SqlitePalermoContext>
{
    public SqlitePalermoContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlitePalermoContext>().UseSqlite("Data Source=unused.db").Options);
}

internal sealed class Postgres : IDesignTimeDbContextFactory<PostgresPalermoContext>
{
    public PostgresPalermoContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresPalermoContext>().UseNpgsql("Host=unused").Options);
}
