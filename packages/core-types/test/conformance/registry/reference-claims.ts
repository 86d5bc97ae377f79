import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { infoOf } from "../../../src/conformance/registry/info-of.js";
import {
  type AbortOptions,
  type Lease,
  type LobbyClaim,
  LobbyRequest,
  type LobbyRequestInput,
  RegistryError,
  type SeatClaim,
  SeatRequest,
  type SeatRequestInput,
  type ServerInfo,
} from "../../../src/index.js";
import { LeaseMs } from "../../../src/registry/claim.js";
import { invalid, parse, parseId } from "./reference-arguments.js";
import { type FreePlace, ReferenceFinds } from "./reference-finds.js";
import type { KeptLease } from "./reference-records.js";

/** Claims and their leases: nothing is awaited between the look and the hold. */
export class ReferenceClaims extends ReferenceFinds {
  async claimSeats(request: SeatRequestInput, options?: AbortOptions): Promise<SeatClaim> {
    this.begin(options);
    const wanted = parse(SeatRequest, request, "request");
    const { idempotencyKey, mode, where, order } = wanted;
    const known = this.leaseOfKey(idempotencyKey, this.compared("match", wanted));
    if (known !== undefined) return this.seatClaim(known.lease);
    const place = this.choose(this.freeMatches(mode, where), seatsOf(wanted), order);
    if (place === undefined) return Object.freeze({ state: "none-free" });
    return this.seatClaim(this.hold(place, wanted, this.compared("match", wanted)));
  }

  async claimLobby(request: LobbyRequestInput, options?: AbortOptions): Promise<LobbyClaim> {
    this.begin(options);
    const wanted = parse(LobbyRequest, request, "request");
    const { idempotencyKey, mode, where, order } = wanted;
    const known = this.leaseOfKey(idempotencyKey, this.compared("lobby", wanted));
    const place = this.choose(this.freeLobbies(mode, where), seatsOf(wanted), order);
    if (known === undefined && place === undefined) return Object.freeze({ state: "none-free" });
    const lease =
      known?.lease ?? this.hold(place as FreePlace, wanted, this.compared("lobby", wanted));
    const server = this.known(lease.serverId, "serverId");
    return Object.freeze({ state: "claimed", lease, server });
  }

  async confirm(leaseId: string, options?: AbortOptions): Promise<Lease> {
    this.begin(options);
    const kept = this.knownLease(leaseId);
    const { lease } = kept;
    if (lease.state === "confirmed") return lease;
    const server = this.known(lease.serverId, "serverId");
    if (server.availability === "expired") throw conflict(`${server.id} has expired`);
    const changed = this.withPlayers(infoOf(server), lease);
    const expiresAtMs = Date.now() + kept.ttlMs;
    kept.lease = Object.freeze({ ...lease, state: "confirmed", expiresAtMs });
    this.keep(changed);
    return kept.lease;
  }

  async extend(leaseId: string, ttlMs: number, options?: AbortOptions): Promise<Lease> {
    this.begin(options);
    parse(LeaseMs, ttlMs, "ttlMs");
    const kept = this.knownLease(leaseId);
    if (kept.lease.state === "confirmed") throw conflict(`${leaseId} is confirmed`);
    kept.ttlMs = ttlMs;
    kept.lease = Object.freeze({ ...kept.lease, expiresAtMs: Date.now() + ttlMs });
    return kept.lease;
  }

  async release(leaseId: string, options?: AbortOptions): Promise<boolean> {
    this.begin(options);
    const kept = this.leases.get(parseId(leaseId, "leaseId"));
    if (kept?.lease.state === "confirmed") throw conflict(`${leaseId} is confirmed`);
    return this.leases.delete(leaseId);
  }

  async getLease(leaseId: string, options?: AbortOptions): Promise<Lease | undefined> {
    this.begin(options);
    return this.leases.get(parseId(leaseId, "leaseId"))?.lease;
  }

  async listLeases(serverId: string, options?: AbortOptions): Promise<readonly Lease[]> {
    this.begin(options);
    const { id } = this.known(serverId, "serverId");
    const leases = [...this.leases.values()].map(({ lease }) => lease);
    return Object.freeze(leases.filter((lease) => lease.serverId === id && lease.state === "held"));
  }

  /** The server with the lease's players on it. */
  protected withPlayers(server: ServerInfo, { matchId, seats, party }: Lease): ServerInfo {
    const match = matchId === undefined ? undefined : server.matches[matchId];
    if (match === undefined || matchId === undefined) {
      const players = server.players + seats;
      if (players > server.maxPlayers) throw conflict(`${server.id} is full`);
      return this.changed(server, { players });
    }
    const newcomers = party.filter((player) => !match.players.includes(player));
    const need = match.need - seats + (party.length - newcomers.length);
    if (need < 0) throw conflict(`${matchId} is full`);
    const players = [...match.players, ...newcomers];
    return this.changed(server, {
      matches: { ...server.matches, [matchId]: { ...match, need, players } },
    });
  }

  protected knownLease(leaseId: string): KeptLease {
    const kept = this.leases.get(parseId(leaseId, "leaseId"));
    if (kept !== undefined) return kept;
    throw new RegistryError("NOT_FOUND", "no such lease, or no longer: claim again");
  }

  protected leaseOfKey(key: string | undefined, request: unknown): KeptLease | undefined {
    if (key === undefined) return undefined;
    const known = [...this.leases.values()].find((kept) => kept.key === key);
    if (known === undefined || isDeepStrictEqual(known.request, request)) return known;
    const message = `the key ${key} is another request's`;
    throw new RegistryError("CONFLICT", message, { field: "idempotencyKey" });
  }

  /** What two claims with one key must have in common. */
  protected compared(of: "match" | "lobby", request: LobbyRequest): unknown {
    return [of, { ...request, party: [...request.party].sort() }];
  }

  protected hold(place: FreePlace, request: LobbyRequest, compared: unknown): Lease {
    const { ttlMs, party, idempotencyKey } = request;
    const lease: Lease = Object.freeze({
      id: randomUUID(),
      fencingToken: this.nextVersion(),
      state: "held",
      serverId: place.server.id,
      ...(place.matchId !== undefined && { matchId: place.matchId }),
      seats: seatsOf(request),
      party,
      expiresAtMs: Date.now() + ttlMs,
    });
    this.leases.set(lease.id, { lease, ttlMs, key: idempotencyKey, request: compared });
    return lease;
  }

  protected seatClaim(lease: Lease): SeatClaim {
    const server = this.known(lease.serverId, "serverId");
    const matchId = lease.matchId ?? "";
    const match = server.matches[matchId];
    if (match === undefined) throw new Error(`the lease ${lease.id} has outlived its match`);
    return Object.freeze({ state: "claimed", lease, server, matchId, match });
  }
}

function seatsOf({ seats, party }: LobbyRequest): number {
  const wanted = seats ?? Math.max(1, party.length);
  if (party.length > wanted) throw invalid("the party is larger than the seats", "party");
  return wanted;
}

function conflict(message: string): RegistryError {
  return new RegistryError("CONFLICT", message);
}
