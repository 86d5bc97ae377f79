import { formatHostPort, type HostPort } from "@potassium/core-types";
import { type BenchRow, median } from "@potassium/tooling/bench";
import { RelayClient } from "../src/index.js";
import { startChild } from "./child.js";
import type { RelayReady } from "./relay-process.js";
import { type LoadResult, runLoad } from "./udp-load.js";

const rounds = 5;
const peer = "direct UDP echo";

/** The same echo server reached through the relay and directly; players, relay and echo in processes of their own. */
export async function udpRows(): Promise<BenchRow[]> {
  await using relay = await startChild<RelayReady>("./relay-process.ts");
  await using echo = await startChild<HostPort>("./echo-process.ts");
  await using client = new RelayClient(relay.ready.url);
  await client.setRoute("127.0.0.1", formatHostPort(echo.ready));
  const places = { ours: relay.ready.udp, peer: echo.ready };

  const crowd = { players: 8, packets: 40_000, atOnce: 128 };
  const busy = await takeRounds((to) => runLoad({ ...crowd, to }), places);
  const few = { players: 1, packets: 2_000, atOnce: 1, everyMs: 1 };
  const calm = await takeRounds((to) => runLoad({ ...few, to }), places);

  const both = (results: typeof busy, measure: (result: LoadResult) => number) => ({
    value: median(results.ours.map(measure)),
    peer,
    peerValue: median(results.peer.map(measure)),
  });
  const roundTrip = { case: "1 player, 1,000 packets/s", unit: "µs" };
  const p50 = both(calm, ({ roundTripsUs }) => quantile(roundTripsUs, 0.5));
  const p99 = both(calm, ({ roundTripsUs }) => quantile(roundTripsUs, 0.99));
  console.log(`lost, busy: ${lossText(busy.ours)} relayed, ${lossText(busy.peer)} direct`);
  console.log(`lost, calm: ${lossText(calm.ours)} relayed, ${lossText(calm.peer)} direct`);
  for (const [name, { value, peerValue }] of Object.entries({ p50, p99 })) {
    console.log(`added latency, ${name}: ${Math.round(value - peerValue)} µs there and back`);
  }
  const packets = { case: "8 players, 128 on the way", metric: "packets", unit: "/s" };
  return [
    { ...packets, ...both(busy, ({ perSecond }) => perSecond) },
    { ...roundTrip, metric: "round trip, p50", ...p50 },
    { ...roundTrip, metric: "round trip, p99", ...p99 },
  ];
}

type Place = "ours" | "peer";

async function takeRounds(
  run: (to: HostPort) => Promise<LoadResult>,
  places: Readonly<Record<Place, HostPort>>,
): Promise<Record<Place, LoadResult[]>> {
  const results: Record<Place, LoadResult[]> = { ours: [], peer: [] };
  for (let round = -1; round < rounds; round += 1) {
    const order: Place[] = round % 2 === 0 ? ["ours", "peer"] : ["peer", "ours"];
    for (const place of order) {
      const result = await run(places[place]);
      // The first warms up.
      if (round >= 0) results[place].push(result);
    }
  }
  return results;
}

function quantile(rising: readonly number[], part: number): number {
  return rising[Math.min(rising.length - 1, Math.floor(rising.length * part))] ?? Number.NaN;
}

function lossText(results: readonly LoadResult[]): string {
  const total = (count: (result: LoadResult) => number) =>
    results.reduce((sum, result) => sum + count(result), 0).toLocaleString("en");
  return `${total(({ lost }) => lost)} of ${total(({ sent }) => sent)}`;
}
