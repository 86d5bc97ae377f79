import { randomUUID } from "node:crypto";
import type { Lease } from "@potassium/core-types";
import { DeadlineHeap } from "./deadline-heap.js";
import type { LeaseEntry, MatchEntry, ServerEntry } from "./entry.js";

/** A claim that has found its place. */
export interface PlacedClaim {
  readonly entry: ServerEntry;
  /** Left out for a lobby. */
  readonly match: MatchEntry | undefined;
  readonly seats: number;
  readonly party: readonly string[];
  readonly ttlMs: number;
  readonly fencingToken: number;
  readonly idempotencyKey: string | undefined;
  readonly requestText: string | undefined;
}

/** The leases, held and confirmed, by id and by key, and what they hold. */
export class LeaseBook {
  readonly #byId = new Map<string, LeaseEntry>();
  readonly #byKey = new Map<string, LeaseEntry>();
  readonly #deadlines = new DeadlineHeap<LeaseEntry>();
  readonly #onHeld: (lease: LeaseEntry) => void;

  /** @param onHeld is told where seats have become held, or are no longer. */
  constructor(onHeld: (lease: LeaseEntry) => void) {
    this.#onHeld = onHeld;
  }

  /** When the next lease expires; `Infinity` where none does. */
  get nextMs(): number {
    return this.#deadlines.nextMs;
  }

  get(id: string): LeaseEntry | undefined {
    return this.#byId.get(id);
  }

  ofKey(key: string): LeaseEntry | undefined {
    return this.#byKey.get(key);
  }

  hold(claim: PlacedClaim, nowMs: number): Lease {
    const { fencingToken, entry, match, seats, party } = claim;
    const id = randomUUID();
    const serverId = entry.server.id;
    const expiresAtMs = nowMs + claim.ttlMs;
    const state = "held";
    // Written out: a spread costs more than all the rest of a claim.
    const lease: Lease = Object.freeze(
      match === undefined
        ? { id, fencingToken, state, serverId, seats, party, expiresAtMs }
        : { id, fencingToken, state, serverId, matchId: match.id, seats, party, expiresAtMs },
    );
    this.add(lease, claim);
    return lease;
  }

  /** Adds a lease that was made before. */
  add(
    lease: Lease,
    claim: Pick<PlacedClaim, "entry" | "match" | "ttlMs" | "idempotencyKey" | "requestText">,
  ): void {
    const { entry, match, ttlMs, idempotencyKey, requestText } = claim;
    const known: LeaseEntry = {
      lease,
      ttlMs,
      entry,
      match,
      idempotencyKey,
      requestText,
      dueAtMs: Number.POSITIVE_INFINITY,
      heapIndex: -1,
    };
    this.#byId.set(lease.id, known);
    if (idempotencyKey !== undefined) this.#byKey.set(idempotencyKey, known);
    entry.leases ??= new Set();
    entry.leases.add(known);
    this.#deadlines.set(known, lease.expiresAtMs);
    if (lease.state === "held") this.#count(known, 1);
  }

  /** Says that the seats are taken now, and counted in the record. */
  confirm(known: LeaseEntry, nowMs: number): Lease {
    const expiresAtMs = nowMs + known.ttlMs;
    if (known.lease.state === "held") this.#count(known, -1);
    return this.#replace(known, { ...known.lease, state: "confirmed", expiresAtMs });
  }

  extend(known: LeaseEntry, ttlMs: number, nowMs: number): Lease {
    known.ttlMs = ttlMs;
    return this.#replace(known, { ...known.lease, expiresAtMs: nowMs + ttlMs });
  }

  /** Forgets a lease; seats that it held are free. */
  drop(known: LeaseEntry): void {
    const { lease, entry, idempotencyKey } = known;
    this.#byId.delete(lease.id);
    if (idempotencyKey !== undefined) this.#byKey.delete(idempotencyKey);
    entry.leases?.delete(known);
    this.#deadlines.remove(known);
    if (lease.state === "held") this.#count(known, -1);
  }

  dropExpired(nowMs: number): void {
    while (this.#deadlines.nextMs <= nowMs) {
      const known = this.#deadlines.takeDue(nowMs);
      if (known !== undefined) this.drop(known);
    }
  }

  values(): Iterable<LeaseEntry> {
    return this.#byId.values();
  }

  #replace(known: LeaseEntry, lease: Lease): Lease {
    known.lease = Object.freeze(lease);
    this.#deadlines.set(known, lease.expiresAtMs);
    return known.lease;
  }

  #count(known: LeaseEntry, sign: 1 | -1): void {
    const { entry, match, lease } = known;
    entry.heldLeases += sign;
    if (match === undefined) entry.heldPlaces += sign * lease.seats;
    else match.held += sign * lease.seats;
    this.#onHeld(known);
  }
}
