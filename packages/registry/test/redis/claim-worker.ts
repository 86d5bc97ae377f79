// One of several processes that claim all there is: `claim-worker.ts URL NAMESPACE NAME`. Sends what it got to its parent.
import type { Lease, SeatOrder } from "@potassium/core-types";
import { hasErrorCode } from "@potassium/core-types";
import { RedisRegistry } from "../../src/redis/index.js";

export interface ClaimedLease {
  readonly id: string;
  readonly fencingToken: number;
  readonly place: string;
  readonly seats: number;
  /** `unknown` where the connection broke before Redis said what became of it. */
  readonly fate: "held" | "confirmed" | "released" | "unknown";
}

const orders: readonly SeatOrder[] = ["oldest", "fullest", "emptiest"];
const [url = "", namespace = "", name = ""] = process.argv.slice(2);
const leases: ClaimedLease[] = [];
let claims = 0;

await using registry = new RedisRegistry({ url, namespace, commandTimeoutMs: 30_000 });
await Promise.all(Array.from({ length: 8 }, (_, index) => claimAll(`${name}-${index}`)));
process.send?.({ claims, leases });

async function claimAll(who: string): Promise<void> {
  for (let count = 0; ; count += 1) {
    const size = count % 10 === 0 ? 3 : 1;
    const party = Array.from({ length: size }, (_, player) => `${who}-${count}-${player}`);
    const order = orders[count % 3] ?? "oldest";
    claims += 1;
    const claim = await registry.claimSeats({ mode: "race", party, order, ttlMs: 600_000 });
    if (claim.state === "claimed") leases.push(await settle(claim.lease, count));
    else if (size === 1) return;
  }
}

async function settle(lease: Lease, count: number): Promise<ClaimedLease> {
  const { id, fencingToken, seats } = lease;
  const place = `${lease.serverId}/${lease.matchId}`;
  const claimed = { id, fencingToken, place, seats };
  try {
    if (count % 5 === 0) return { ...claimed, fate: await released(id) };
    if (count % 23 === 1) {
      await registry.confirm(id);
      return { ...claimed, fate: "confirmed" };
    }
  } catch (error) {
    if (!hasErrorCode(error, "UNAVAILABLE", "TIMEOUT")) throw error;
    return { ...claimed, fate: "unknown" };
  }
  return { ...claimed, fate: "held" };
}

async function released(id: string): Promise<"released"> {
  if (!(await registry.release(id))) throw new Error(`lease ${id} was gone before its release`);
  return "released";
}
