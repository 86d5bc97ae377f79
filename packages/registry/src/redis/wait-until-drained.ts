import { type DrainResult, delay } from "@potassium/core-types";
import { isDrained } from "../record/is-drained.js";
import { leasesOn } from "./claim-calls.js";
import type { Store } from "./stored/store.js";

/** Leases end without a word to the watches, so it is asked for, the more seldom the longer it takes. */
const firstWaitMs = 20;
const longestWaitMs = 250;

/** Resolves once nobody is on a server, it is gone, or the deadline has passed. */
export async function waitUntilDrained(
  store: Store,
  id: string,
  deadlineMs: number | undefined,
  signal: AbortSignal,
): Promise<DrainResult> {
  const endsAt = performance.now() + (deadlineMs ?? Number.POSITIVE_INFINITY);
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    const found = await leasesOn(store, id, signal);
    if (found === undefined || found.server.availability === "expired") {
      return Object.freeze({ state: "gone" });
    }
    const { server, leases } = found;
    if (isDrained(server, leases.length)) return Object.freeze({ state: "drained", server });
    const leftMs = endsAt - performance.now();
    if (leftMs <= 0) return Object.freeze({ state: "deadline", server });
    await delay(Math.min(leftMs, waitMs * (0.75 + Math.random() / 2)), { signal });
  }
}
