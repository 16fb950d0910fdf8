// Light, dark, or as the device says. Kept here and in a cookie, so that the server can answer in the right theme at once.
const root = document.documentElement;
const store = { get: () => { try { return localStorage.getItem("theme"); } catch { return null; } }, set: v => { try { localStorage.setItem("theme", v); } catch { /* private window */ } } };

function apply(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}

const shown = () => root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
const remembered = store.get();
if (remembered) apply(remembered);

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  const label = () => { button.textContent = shown() === "dark" ? button.dataset.light : button.dataset.dark; };
  label();
  button.addEventListener("click", () => {
    const theme = shown() === "dark" ? "light" : "dark";
    apply(theme);
    store.set(theme);
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
    label();
  });
}
