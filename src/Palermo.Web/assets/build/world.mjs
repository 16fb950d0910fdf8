// The world map: Natural Earth through world-atlas, Equal Earth projection, cut in the Bering Strait.
import { readFile } from "node:fs/promises";
import { geoArea, geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const width = 960, height = 500;
const detail = 0.22;       // px²: a corner smaller than this is smoothed away
const leastIsland = 0.35;  // px²: islands below this are left out, except a state's largest
const leastShape = 5;      // px²: a state below this (about 7 500 km²) becomes a point

const projection = geoEqualEarth().rotate([-11, 0]).fitExtent([[4, 4], [width - 4, height - 4]], { type: "Sphere" }).precision(0.4);
const path = geoPath(projection);

export async function world() {
  const coarse = await atlas("50m");
  const full = feature(coarse, coarse.objects.countries).features;
  const slim = feature(simplified(coarse), coarse.objects.countries).features;

  const shapes = new Map(), neutral = [], drawn = new Set();
  full.forEach((whole, i) => {
    const id = whole.id ?? "";
    const d = outline(polygons(slim[i]), polygons(whole));
    if (!d) return;
    if (!id || path.area(whole) < leastShape) { neutral.push(d); return; }
    shapes.set(id, (shapes.get(id) ?? "") + d);
    drawn.add(id);
  });

  // States too small to see, and those the map leaves out (Tuvalu), stand as points on their largest island.
  const fine = await atlas("10m");
  const points = feature(fine, fine.objects.countries).features
    .filter(f => f.id && !drawn.has(f.id))
    .map(f => {
      const largest = polygons(f).filter(sound).sort((a, b) => path.area(b) - path.area(a))[0];
      const [x, y] = path.centroid(largest);
      return { numeric: f.id, x: tenth(x), y: tenth(y) };
    });

  return {
    viewBox: `0 0 ${width} ${height}`,
    shapes: [{ numeric: "", path: neutral.join("") }, ...[...shapes].sort().map(([numeric, d]) => ({ numeric, path: d }))],
    points: [...new Map(points.map(p => [p.numeric, p])).values()].sort((a, b) => a.numeric.localeCompare(b.numeric)),
  };
}

async function atlas(scale) {
  return JSON.parse(await readFile(new URL(`../node_modules/world-atlas/countries-${scale}.json`, import.meta.url)));
}

function polygons(f) {
  const g = f.geometry;
  const parts = g.type === "Polygon" ? [g.coordinates] : g.coordinates;
  return parts.map(coordinates => ({ type: "Polygon", coordinates }));
}

// A ring turned inside out covers the globe but for itself.
function sound(polygon) { return geoArea(polygon) < 6; }

function outline(parts, originals) {
  const areas = originals.map(p => sound(p) ? path.area(p) : 0);
  const largest = areas.indexOf(Math.max(...areas));
  let d = "";
  parts.forEach((part, i) => {
    if (areas[i] < leastIsland && i !== largest) return;
    // Smoothing may turn a sliver inside out; then the unsmoothed ring is drawn.
    const kept = sound(part) && path.area(part) > areas[i] / 3;
    d += relative(path.digits(1)(kept ? part : originals[i]) ?? "");
  });
  return d;
}

// Arcs are shared by neighbours, so smoothing arcs (Visvalingam) keeps borders closed.
function simplified(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map(arc => {
    let x = 0, y = 0;
    return smooth(arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]));
  });
  return { ...topology, transform: undefined, arcs };
}

function smooth(points) {
  const flat = points.map(p => projection(p));
  const least = points[0].join() === points.at(-1).join() ? 5 : 2;
  const kept = points.map((_, i) => i);
  const size = (a, b, c) => Math.abs((flat[b][0] - flat[a][0]) * (flat[c][1] - flat[a][1]) - (flat[c][0] - flat[a][0]) * (flat[b][1] - flat[a][1])) / 2;
  while (kept.length > least) {
    let smallest = detail, at = -1;
    for (let k = 1; k < kept.length - 1; k++) {
      const s = size(kept[k - 1], kept[k], kept[k + 1]);
      if (s < smallest) { smallest = s; at = k; }
    }
    if (at < 0) break;
    kept.splice(at, 1);
  }
  return kept.map(i => points[i]);
}

// "M1.2,3.4L1.5,3.2Z" to "M1.2 3.4l.3-.2z": the same tenths in half the space.
function relative(d) {
  return d.replace(/M([^MZ]+)Z/g, (_, ring) => {
    const pts = ring.split("L").map(p => p.split(",").map(n => Math.round(n * 10)));
    let [x, y] = pts[0], out = "", n = 0;
    for (const [px, py] of pts.slice(1)) {
      if (px === x && py === y) continue;
      out += glue(px - x, n > 0) + glue(py - y, true);
      [x, y] = [px, py];
      n++;
    }
    return n < 2 ? "" : `M${pts[0][0] / 10} ${pts[0][1] / 10}l${out}z`;
  });
}

function glue(tenths, separated) {
  const text = String(tenths / 10).replace(/^(-?)0\./, "$1.");
  return separated && tenths >= 0 ? " " + text : text;
}

function tenth(n) { return Math.round(n * 10) / 10; }
