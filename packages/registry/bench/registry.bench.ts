// `npm run bench -- registry`: the registry beside a linear scan of a Map, and on Redis beside bare commands, in one run.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type BenchRow, report } from "@potassium/tooling/bench";
import { fleetRows } from "./fleet-rows.js";
import { redisRows } from "./redis-rows.js";

// The memory of a server is what is left after a collection.
setFlagsFromString("--expose-gc");
globalThis.gc = runInNewContext("gc");

const parts: readonly (() => Promise<BenchRow[]>)[] = [fleetRows, redisRows];

const rows: BenchRow[] = [];
for (const part of parts) {
  const start = performance.now();
  rows.push(...(await part()));
  console.error(`${part.name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
await report("registry", rows);
