import {
  backOffMs,
  type DrainResult,
  delay,
  hasErrorCode,
  type ServerRecord,
} from "@potassium/core-types";
import { isDrained } from "../record/is-drained.js";
import { leasesOn } from "./claim-calls.js";
import type { Store } from "./stored/store.js";

/** Leases end without a word to the watches, so it is asked for, the more seldom the longer it takes. */
const firstWaitMs = 20;
const longestWaitMs = 250;

/**
 * Resolves once nobody is on a server, it is gone, or the deadline has passed. It waits through breaks of the connection; a deadline
 * that passes meanwhile gives the server as it was seen last.
 *
 * @param marked the server as the drain has marked it.
 */
export async function waitUntilDrained(
  store: Store,
  marked: ServerRecord,
  deadlineMs: number | undefined,
  signal: AbortSignal,
): Promise<DrainResult> {
  const endsAt = performance.now() + (deadlineMs ?? Number.POSITIVE_INFINITY);
  let server = marked;
  let failures = 0;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      const found = await leasesOn(store, marked.id, signal);
      if (found === undefined || found.server.availability === "expired") {
        return Object.freeze({ state: "gone" });
      }
      server = found.server;
      failures = 0;
      if (isDrained(server, found.leases.length))
        return Object.freeze({ state: "drained", server });
    } catch (error) {
      if (signal.aborted || !hasErrorCode(error, "UNAVAILABLE", "TIMEOUT")) throw error;
      failures += 1;
    }
    const leftMs = endsAt - performance.now();
    if (leftMs <= 0) return Object.freeze({ state: "deadline", server });
    const pauseMs =
      failures === 0
        ? waitMs * (0.75 + Math.random() / 2)
        : backOffMs(failures, { maxMs: longestWaitMs * 8 });
    await delay(Math.min(leftMs, pauseMs), { signal });
  }
}
