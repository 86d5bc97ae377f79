// `npm run bench -- diff`: the applying of patches beside hpatchz, bspatch, bsdiff-node, xdelta3 and zstd.
import { type BenchRow, report } from "@potassium/tooling/bench";
import { applyRows } from "./apply-rows.js";

const parts: readonly (() => Promise<BenchRow[]>)[] = [applyRows];

const rows: BenchRow[] = [];
for (const part of parts) {
  const start = performance.now();
  rows.push(...(await part()));
  console.error(`${part.name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
await report("diff", rows);
