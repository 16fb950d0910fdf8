using System.ComponentModel;
using System.Diagnostics;
using Palermo.Kernel;

namespace Palermo.Requests.Letter;

/// <summary>Prints a page that refers to nothing outside with a headless Chromium, one at a time.</summary>
internal static class LetterPdf
{
    /// <summary>Media type of the file.</summary>
    internal const string MediaType = "application/pdf";

    /// <summary>Printing takes about a second; whoever waits behind more than these is told so at once.</summary>
    private const int MostWaiting = 8;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly SemaphoreSlim OneAtATime = new(1);

    private static readonly string[] Passed = ["PATH", "LANG", "SystemRoot", "TEMP"];

    private static int waiting;

    /// <summary>Where Chromium is: as <c>PALERMO_CHROMIUM</c> says, otherwise by its usual names in <c>PATH</c>; null when it is not installed.</summary>
    internal static string? Find()
    {
        if (Environment.GetEnvironmentVariable("PALERMO_CHROMIUM") is { Length: > 0 } named) return File.Exists(named) ? named : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] names = OperatingSystem.IsWindows() ? ["chrome.exe", "msedge.exe"] : ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
        return names.SelectMany(n => folders.Select(f => Path.Combine(f, n))).FirstOrDefault(File.Exists);
    }

    /// <summary>The page as PDF.</summary>
    /// <param name="html">The whole page.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="RefusedException">Chromium is not installed, does not finish within half a minute, or too many letters wait for it.</exception>
    internal static async Task<byte[]> Print(string html, CancellationToken cancel)
    {
        var chromium = Find() ?? throw new RefusedException("refused.letter-no-chromium");
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new RefusedException("refused.letter-pdf-busy");
        }

        try
        {
            await OneAtATime.WaitAsync(cancel);
            try
            {
                return await Run(chromium, html, cancel);
            }
            finally
            {
                OneAtATime.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private static async Task<byte[]> Run(string chromium, string html, CancellationToken cancel)
    {
        // Readable by nobody else: the letter may be confidential. Its profile goes with it, so that nothing stays behind.
        var folder = Directory.CreateTempSubdirectory("palermo-letter-");
        try
        {
            var page = Path.Combine(folder.FullName, "letter.html");
            var pdf = Path.Combine(folder.FullName, "letter.pdf");
            await File.WriteAllTextAsync(page, html, cancel);
            var start = new ProcessStartInfo(chromium) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = folder.FullName };
            foreach (var argument in Arguments(folder.FullName, page, pdf)) start.ArgumentList.Add(argument);
            Bare(start.Environment, folder.FullName);
            using var process = Process.Start(start) ?? throw new RefusedException("refused.letter-no-chromium");
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Limit);
            try
            {
                process.StandardInput.Close();
                await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token), process.WaitForExitAsync(limit.Token));
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new RefusedException("refused.letter-pdf-failed");
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }

            return File.Exists(pdf) ? await File.ReadAllBytesAsync(pdf, cancel) : throw new RefusedException("refused.letter-pdf-failed");
        }
        catch (Win32Exception)
        {
            throw new RefusedException("refused.letter-no-chromium");
        }
        finally
        {
            Delete(folder);
        }
    }

    /// <summary>Leaves the printing program what it needs to run: the node's environment may hold passwords.</summary>
    internal static void Bare(IDictionary<string, string?> environment, string home)
    {
        foreach (var name in environment.Keys.Except(Passed, StringComparer.OrdinalIgnoreCase).ToList()) environment.Remove(name);
        environment["HOME"] = home;
    }

    private static IEnumerable<string> Arguments(string folder, string page, string pdf)
    {
        yield return "--headless=new";
        // The superuser cannot have the sandbox; the page holds no script that could run and may load nothing.
        if (Environment.IsPrivilegedProcess) yield return "--no-sandbox";
        yield return "--disable-gpu";
        yield return "--disable-dev-shm-usage";
        yield return "--disable-background-networking";
        yield return "--disable-component-update";
        yield return "--disable-extensions";
        yield return "--disable-sync";
        yield return "--no-first-run";
        yield return "--no-default-browser-check";
        yield return "--host-resolver-rules=MAP * ~NOTFOUND";
        yield return "--user-data-dir=" + Path.Combine(folder, "profile");
        yield return "--no-pdf-header-footer";
        yield return "--generate-pdf-document-outline";
        yield return "--print-to-pdf=" + pdf;
        yield return new Uri(page).AbsoluteUri;
    }

    /// <summary>A child that is just ending may still write into the folder; what is left then is the system's to clear.</summary>
    private static void Delete(DirectoryInfo folder)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException)
            {
                folder.Refresh();
            }
            catch (UnauthorizedAccessException)
            {
                return;
            }
        }
    }
}
