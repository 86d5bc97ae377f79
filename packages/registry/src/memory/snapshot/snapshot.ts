import type { Lease, ServerRecord } from "@potassium/core-types";
import type { MemoryState } from "../memory-state.js";

/** A registry as it is kept: what a new one needs to go on. */
export interface Snapshot {
  /** All versions and fencing tokens so far are up to this one. */
  readonly version: number;
  /** In the order of registration. */
  readonly servers: readonly KeptServer[];
  /** In the order of the claims. */
  readonly leases: readonly KeptLease[];
}

export interface KeptServer {
  /** Its place in the order: cursors hold it. */
  readonly age: number;
  readonly server: ServerRecord;
  /** In the order in which they were added, which an object may not keep. */
  readonly matchIds: readonly string[];
  readonly draining: boolean;
  readonly ttlMs?: number | undefined;
}

export interface KeptLease {
  readonly lease: Lease;
  readonly ttlMs: number;
  readonly idempotencyKey?: string | undefined;
  readonly requestText?: string | undefined;
}

/** The registry as it is now. Records and leases are frozen, so that it may change while the answer is written. */
export function snapshotOf({ store }: MemoryState): Snapshot {
  const servers = Array.from(store.values(), ({ order, server, matches, draining, ttlMs }) => ({
    age: order,
    server,
    matchIds: [...matches.keys()],
    draining,
    ttlMs,
  }));
  const leases = Array.from(
    store.leases.values(),
    ({ lease, ttlMs, idempotencyKey, requestText }) => ({
      lease,
      ttlMs,
      idempotencyKey,
      requestText,
    }),
  );
  return { version: store.lastVersion, servers, leases };
}

/**
 * Puts a snapshot into a registry that is empty. Servers couldn't send heartbeats while there was no registry: each has
 * its whole TTL again. Leases keep the time that players were told.
 */
export function putInto({ store, lifetimes, settings }: MemoryState, snapshot: Snapshot): void {
  const nowMs = settings.now();
  for (const { age, server, matchIds, draining, ttlMs } of snapshot.servers) {
    const entry = store.add(server, age, matchIds);
    entry.draining = draining;
    lifetimes.renew(entry, ttlMs, nowMs);
  }
  for (const { lease, ttlMs, idempotencyKey, requestText } of snapshot.leases) {
    const entry = store.get(lease.serverId);
    if (entry === undefined) continue;
    const match = lease.matchId === undefined ? undefined : entry.matches.get(lease.matchId);
    store.leases.add(lease, { entry, match, ttlMs, idempotencyKey, requestText });
  }
}
