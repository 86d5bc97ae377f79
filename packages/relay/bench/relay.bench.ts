// `npm run bench -- relay`: the client beside fetch and bare undici, the embedded relay beside a direct echo.
import { type BenchRow, report } from "@potassium/tooling/bench";
import { routeRows } from "./route-rows.js";
import { syncRows } from "./sync-rows.js";
import { udpRows } from "./udp-rows.js";

const parts: readonly (() => Promise<BenchRow[]>)[] = [routeRows, syncRows, udpRows];

const rows: BenchRow[] = [];
for (const part of parts) {
  const start = performance.now();
  rows.push(...(await part()));
  console.error(`${part.name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
await report("relay", rows);
