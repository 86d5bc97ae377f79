// `npm run bench -- update [releases|kills]…`: updates of whole releases beside HDiffPatch's folders and plain archives, and
// what is left when the process is killed.
import { type BenchRow, report } from "@potassium/tooling/bench";
import { killRows } from "./update/kill-rows.js";
import { updateRows } from "./update/update-rows.js";

const parts: Readonly<Record<string, () => Promise<BenchRow[]>>> = {
  releases: updateRows,
  kills: killRows,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`no part ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}`);
  process.exit(2);
}

const rows: BenchRow[] = [];
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  rows.push(...((await parts[name]?.()) ?? []));
}
await report("update", rows);
