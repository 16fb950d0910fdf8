using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Palermo.Data;

/// <summary>
/// Makes EF Core's SQLite provider work with SQLitePCLRaw 2.0.6: the provider was compiled against a newer
/// <c>SQLitePCLRaw.core</c>, so the loader refuses the older one until asked by simple name; and the bundled SQLite is
/// 3.35, too old for the provider's JSON queries, so the system's library is taken where there is one.
/// This file may go when SQLitePCLRaw.bundle_e_sqlite3 2.1.13 or later can be restored.
/// </summary>
internal static class SqliteNative
{
#pragma warning disable CA2255 // The resolver must stand before the first use of the provider, whoever that is.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Prepare()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name == "SQLitePCLRaw.core"
                ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "SQLitePCLRaw.core.dll"))
                : null;
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) =>
        {
            if (loaded.LoadedAssembly.GetName().Name is { } name && name.StartsWith("SQLitePCLRaw.provider.", StringComparison.Ordinal))
                NativeLibrary.SetDllImportResolver(loaded.LoadedAssembly, SystemLibraryFirst);
        };
    }

    private static IntPtr SystemLibraryFirst(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == "e_sqlite3" && NativeLibrary.TryLoad("libsqlite3.so.0", out var handle) ? handle : IntPtr.Zero;
}
