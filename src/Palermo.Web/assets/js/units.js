// Sizes, speeds and times in the page's language.
const language = document.documentElement.lang || undefined;
const sizes = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

export const size = (bytes, perSecond) => {
  const step = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : bytes < 1e12 ? 3 : 4;
  return new Intl.NumberFormat(language, { style: "unit", unit: sizes[step] + (perSecond ? "-per-second" : ""), maximumFractionDigits: step > 1 ? 1 : 0 }).format(bytes / 1000 ** step);
};

export const time = seconds => {
  const [unit, one] = seconds < 60 ? ["second", 1] : seconds < 5400 ? ["minute", 60] : ["hour", 3600];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(Math.max(1, Math.round(seconds / one)));
};

export const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, n) => values[n]);
