// node build.mjs OUTDIR: writes palermo.css, palermo.js and world.json.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import postcss from "postcss";
import { compile } from "sass";
import { logical } from "./build/logical.mjs";
import { trim } from "./build/trim.mjs";
import { world } from "./build/world.mjs";

const out = process.argv[2];
if (!out) {
  console.error("Say where to write: node build.mjs OUTDIR");
  process.exit(2);
}
const here = fileURLToPath(new URL(".", import.meta.url));

await mkdir(out, { recursive: true });
for (const [name, text] of await Promise.all([css(), js(), map()])) {
  await writeFile(join(out, name), text);
  console.log(`${name} ${(Buffer.byteLength(text) / 1000).toFixed(1)} kB`);
}

async function css() {
  const compiled = compile(join(here, "scss/palermo.scss"), { loadPaths: [join(here, "node_modules/govuk-frontend/dist")], charset: false }).css;
  // Every colour is a custom property set in _tokens.scss; the design system's fallback colours are dead weight.
  const owned = compiled.replace(/var\((--govuk-[a-z-]+-colour),\s*(#[0-9a-f]{3,8}|[a-z]+)\)/gi, "var($1)");
  const turned = postcss([trim, logical]).process(owned, { from: undefined }).css;
  const { code } = await transform(turned, { loader: "css", minify: true, charset: "utf8", legalComments: "none" });
  const outside = code.match(/url\((?!["']?(data:|#))[^)]*\)/);
  if (outside) throw new Error(`the style sheet reaches outside: ${outside[0]}`);
  return ["palermo.css", `/* Parts of govuk-frontend, MIT, Copyright (C) 2017 Crown Copyright (Government Digital Service) */\n${code}`];
}

async function js() {
  const result = await build({ entryPoints: [join(here, "js/palermo.js")], bundle: true, format: "esm", minify: true, target: "es2022", write: false });
  return ["palermo.js", result.outputFiles[0].text];
}

async function map() {
  return ["world.json", JSON.stringify(await world())];
}
