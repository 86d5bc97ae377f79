// `npm run bench -- diff [apply|generate|large|large-8]…`: the applying and making of patches beside hdiffz and hpatchz,
// bsdiff and bspatch, bsdiff-node, xdelta3 and zstd. Files of 8 GiB are made only where they are asked for.
import { type BenchRow, report } from "@potassium/tooling/bench";
import { applyRows } from "./apply-rows.js";
import { generateRows } from "./generate-rows.js";
import { large8Rows, largeRows } from "./large-rows.js";

const parts: Readonly<Record<string, () => Promise<BenchRow[]>>> = {
  apply: applyRows,
  generate: generateRows,
  large: largeRows,
  "large-8": large8Rows,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`no part ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}`);
  process.exit(2);
}

const rows: BenchRow[] = [];
for (const name of asked.length > 0 ? asked : ["apply", "generate", "large"]) {
  const start = performance.now();
  rows.push(...((await parts[name]?.()) ?? []));
  console.error(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
// A part's results don't take the place of those of all.
await report(["diff", ...asked].join("-"), rows);
