// Turns the design system's left and right into start and end, so that one style sheet serves both directions.
const renamed = { left: "inset-inline-start", right: "inset-inline-end" };
for (const kind of ["margin", "padding"])
  for (const [side, end] of [["left", "start"], ["right", "end"]]) renamed[`${kind}-${side}`] = `${kind}-inline-${end}`;
for (const part of ["", "-width", "-style", "-color"])
  for (const [side, end] of [["left", "start"], ["right", "end"]]) renamed[`border-${side}${part}`] = `border-inline-${end}${part}`;
for (const [a, b] of [["top", "start"], ["bottom", "end"]])
  for (const [side, end] of [["left", "start"], ["right", "end"]]) renamed[`border-${a}-${side}-radius`] = `border-${b}-${end}-radius`;

const values = { "text-align": { left: "start", right: "end" }, float: { left: "inline-start", right: "inline-end" }, clear: { left: "inline-start", right: "inline-end" } };

/** PostCSS plugin; a four-sided shorthand whose sides differ stops the build unless it becomes logical. */
export const logical = {
  postcssPlugin: "logical",
  Declaration(d) {
    if (renamed[d.prop]) d.prop = renamed[d.prop];
    if (values[d.prop]?.[d.value]) d.value = values[d.prop][d.value];
    if (/^(margin|padding|inset|border-(width|style|color))$/.test(d.prop)) {
      const sides = split(d.value);
      if (sides.length === 4 && sides[1] !== sides[3]) {
        const [top, right, bottom, left] = sides;
        const [block, inline] = d.prop.startsWith("border-")
          ? [d.prop.replace("border-", "border-block-"), d.prop.replace("border-", "border-inline-")]
          : [`${d.prop}-block`, `${d.prop}-inline`];
        d.replaceWith(d.clone({ prop: block, value: `${top} ${bottom}` }), d.clone({ prop: inline, value: `${left} ${right}` }));
      }
    }
    if (d.prop === "border-radius" && split(d.value).length > 1) throw d.error("border-radius with sides");
  },
};

function split(value) {
  const out = [];
  let depth = 0, word = "";
  for (const c of value.trim()) {
    if (c === "(") depth++;
    if (c === ")") depth--;
    if (c === " " && depth === 0) { if (word) out.push(word); word = ""; } else word += c;
  }
  return word ? [...out, word] : out;
}
