// `npm run bench -- docker`: the provider beside bare dockerode, on one engine and in one run.
import { type BenchRow, report } from "@potassium/tooling/bench";
import { allocateRows } from "./allocate-rows.js";
import { type BenchEngine, openBenchEngine } from "./bench-engine.js";
import { execRows } from "./exec-rows.js";
import { fleetRows } from "./fleet-rows.js";
import { logRows } from "./log-rows.js";

const parts: readonly ((engine: BenchEngine) => Promise<BenchRow[]>)[] = [
  allocateRows,
  fleetRows,
  logRows,
  execRows,
];

await using engine = await openBenchEngine();
const { kind, version, apiVersion } = await engine.provider.engine();
console.log(`${kind} ${version}, API ${apiVersion}\n`);
const rows: BenchRow[] = [];
for (const part of parts) {
  const start = performance.now();
  rows.push(...(await part(engine)));
  console.error(`${part.name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
await report("docker", rows);
