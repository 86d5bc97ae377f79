import type { Heartbeat } from "@potassium/core-types";
import { DeadlineHeap } from "./deadline-heap.js";
import type { ServerEntry } from "./entry.js";
import type { ServerStore } from "./server-store.js";

/** Which servers are alive: they expire without heartbeats, and are removed after a grace. */
export class Lifetimes {
  readonly #store: ServerStore;
  readonly #graceMs: number;
  readonly #deadlines = new DeadlineHeap<ServerEntry>();

  constructor(store: ServerStore, graceMs: number) {
    this.#store = store;
    this.#graceMs = graceMs;
  }

  /** When the next server expires or is removed; `Infinity` where none does. */
  get nextMs(): number {
    return this.#deadlines.nextMs;
  }

  /** Counts a server's TTL from now on, and brings it back where it had expired. */
  renew(entry: ServerEntry, ttlMs: number | undefined, nowMs: number): Heartbeat {
    entry.ttlMs = ttlMs;
    entry.expired = false;
    this.showAvailability(entry, nowMs);
    if (ttlMs === undefined) {
      this.#deadlines.remove(entry);
      return Object.freeze({});
    }
    const expiresAtMs = nowMs + ttlMs;
    this.#deadlines.set(entry, expiresAtMs);
    return Object.freeze({ expiresAtMs });
  }

  forget(entry: ServerEntry): void {
    this.#deadlines.remove(entry);
  }

  /** Lets servers expire and go whose time has come. */
  expire(nowMs: number): void {
    for (;;) {
      const dueAtMs = this.nextMs;
      const entry = this.#deadlines.takeDue(nowMs);
      if (entry === undefined) return;
      if (entry.expired) {
        this.#store.remove(entry, "expired", nowMs);
        continue;
      }
      entry.expired = true;
      this.#deadlines.set(entry, dueAtMs + this.#graceMs);
      this.showAvailability(entry, nowMs);
    }
  }

  /** Puts into the record what has become of the server. */
  showAvailability(entry: ServerEntry, nowMs: number): void {
    const availability = availabilityOf(entry);
    if (entry.server.availability === availability) return;
    this.#store.change(entry, { availability }, nowMs);
  }
}

export function availabilityOf({ expired, draining }: ServerEntry) {
  if (expired) return "expired";
  return draining ? "draining" : "available";
}
