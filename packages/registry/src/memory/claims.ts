import {
  type Lease,
  type LobbyClaim,
  type NoneFree,
  RegistryError,
  type SeatClaim,
} from "@potassium/core-types";
import type { ParsedLobbyRequest, ParsedSeatRequest } from "../parse-claim.js";
import { confirmedMatch, confirmedPlayers } from "../record/confirmed-seats.js";
import { keyOfAnother, requestParts } from "../record/request-parts.js";
import type { LeaseEntry, MatchEntry, ServerEntry } from "./entry.js";
import type { ServerStore } from "./server-store.js";

const noneFree: NoneFree = Object.freeze({ state: "none-free" });

type Claimed = Extract<SeatClaim, { readonly state: "claimed" }>;
type ClaimedLobby = Extract<LobbyClaim, { readonly state: "claimed" }>;

/** Claims of seats and what becomes of them. */
export class Claims {
  readonly #store: ServerStore;

  constructor(store: ServerStore) {
    this.#store = store;
  }

  claimSeats(request: ParsedSeatRequest, nowMs: number): SeatClaim {
    const text = textOfKeyed(request, "match");
    const known = this.#claimOfKey(request.idempotencyKey, text);
    if (known?.match !== undefined) return claimedSeats(known.lease, known.match);
    const match = this.#store.seats.match(request.mode, request);
    if (match === undefined) return noneFree;
    return claimedSeats(this.#hold(request, text, match.entry, match, nowMs), match);
  }

  claimLobby(request: ParsedLobbyRequest, nowMs: number): LobbyClaim {
    const text = textOfKeyed(request, "lobby");
    const known = this.#claimOfKey(request.idempotencyKey, text);
    if (known !== undefined) return claimedLobby(known.lease, known.entry);
    const entry = this.#store.seats.lobby(request.mode, request);
    if (entry === undefined) return noneFree;
    return claimedLobby(this.#hold(request, text, entry, undefined, nowMs), entry);
  }

  confirm(leaseId: string, nowMs: number): Lease {
    const known = this.known(leaseId);
    const { lease, entry, match } = known;
    if (lease.state === "confirmed") return lease;
    if (entry.expired) {
      throw conflict(`server ${entry.server.id} of lease ${lease.id} has expired: claim anew`);
    }
    // The players are counted before the lease lets go: at no time is the server without both.
    if (match === undefined) this.#takePlaces(known, nowMs);
    else this.#takeSeats(known, match, nowMs);
    return this.#store.leases.confirm(known, nowMs);
  }

  extend(leaseId: string, ttlMs: number, nowMs: number): Lease {
    const known = this.known(leaseId);
    if (known.lease.state === "confirmed") {
      throw conflict(`lease ${leaseId} is confirmed: its seats are taken for good`);
    }
    return this.#store.leases.extend(known, ttlMs, nowMs);
  }

  /** @returns whether the seats were held. */
  release(leaseId: string): boolean {
    const known = this.#store.leases.get(leaseId);
    if (known === undefined) return false;
    if (known.lease.state === "confirmed") {
      const message = `lease ${leaseId} is confirmed: take the players out of the server's record`;
      throw conflict(message);
    }
    this.#store.leases.drop(known);
    return true;
  }

  known(leaseId: string): LeaseEntry {
    const known = this.#store.leases.get(leaseId);
    if (known !== undefined) return known;
    const message = `no lease ${JSON.stringify(leaseId)} is held: it has expired, was released or is gone with its match: claim anew`;
    throw new RegistryError("NOT_FOUND", message, { field: "leaseId" });
  }

  #hold(
    request: ParsedLobbyRequest,
    text: string | undefined,
    entry: ServerEntry,
    match: MatchEntry | undefined,
    nowMs: number,
  ): Lease {
    const { seats, party, ttlMs, idempotencyKey } = request;
    const fencingToken = this.#store.takeVersion(nowMs);
    const requestText = text;
    // Written out: a spread costs more than all the rest of a claim.
    return this.#store.leases.hold(
      { entry, match, seats, party, ttlMs, fencingToken, idempotencyKey, requestText },
      nowMs,
    );
  }

  #claimOfKey(key: string | undefined, text: string | undefined): LeaseEntry | undefined {
    if (key === undefined) return undefined;
    const known = this.#store.leases.ofKey(key);
    if (known === undefined || known.requestText === text) return known;
    throw keyOfAnother(key, partsIn(known.requestText), partsIn(text));
  }

  #takePlaces({ lease, entry }: LeaseEntry, nowMs: number): void {
    const players = confirmedPlayers(entry.server, lease);
    if (players === undefined) throw noRoom(lease);
    this.#store.change(entry, { players }, nowMs);
  }

  #takeSeats({ lease, entry }: LeaseEntry, match: MatchEntry, nowMs: number): void {
    const info = confirmedMatch(match.info, lease);
    if (info === undefined) throw noRoom(lease);
    if (info !== match.info) this.#store.setMatch(entry, match.id, info, nowMs);
  }
}

/** Only claims with a key are compared. */
function textOfKeyed(request: ParsedLobbyRequest, of: "match" | "lobby"): string | undefined {
  return request.idempotencyKey === undefined
    ? undefined
    : JSON.stringify(requestParts(request, of));
}

/** Of a snapshot's text too, which may be any. */
function partsIn(text = "[]"): readonly string[] {
  try {
    return JSON.parse(text);
  } catch {
    return [];
  }
}

function claimedSeats(lease: Lease, { entry, id, info }: MatchEntry): Claimed {
  return Object.freeze({ state: "claimed", lease, server: entry.server, matchId: id, match: info });
}

function claimedLobby(lease: Lease, { server }: ServerEntry): ClaimedLobby {
  return Object.freeze({ state: "claimed", lease, server });
}

const conflict = (message: string): RegistryError => new RegistryError("CONFLICT", message);

const noRoom = ({ id, serverId, matchId, seats }: Lease): RegistryError =>
  conflict(
    `${matchId === undefined ? "lobby" : `match ${matchId} on`} ${serverId} has reported no room for the ${seats} seats of lease ${id}: release it and claim anew`,
  );
