import { createHash, randomUUID } from "node:crypto";
import {
  backOffMs,
  type Contended,
  delay,
  type Lease,
  type LobbyClaim,
  type NoneFree,
  RegistryError,
  type SeatClaim,
  type ServerRecord,
} from "@potassium/core-types";
import type { ParsedLobbyRequest, ParsedSeatRequest } from "../parse-claim.js";
import { confirmedMatch, confirmedPlayers } from "../record/confirmed-seats.js";
import { keyOfAnother, requestParts } from "../record/request-parts.js";
import { hasConditions, type ListCalls } from "./list-calls.js";
import { scripts } from "./script/script.js";
import { unknownServer } from "./server-calls.js";
import type { Entry } from "./stored/entry.js";
import type { Draft, Store } from "./stored/store.js";
import { lobbyTag, matchTag } from "./stored/tags.js";

const noneFree: NoneFree = Object.freeze({ state: "none-free" });
const contended: Contended = Object.freeze({ state: "contended" });

/** How often a claim with conditions looks through the places before it gives up against others. */
const rounds = 5;

interface Held {
  readonly lease: Lease;
  readonly server: ServerRecord;
}

/** Claims of seats and what becomes of them. */
export class ClaimCalls {
  readonly #store: Store;
  readonly #lists: ListCalls;

  constructor(store: Store, lists: ListCalls) {
    this.#store = store;
    this.#lists = lists;
  }

  async claimSeats(request: ParsedSeatRequest, signal: AbortSignal): Promise<SeatClaim> {
    const held = await this.#claim(matchTag(request.mode), request, "match", signal);
    if ("state" in held) return held;
    const { lease, server } = held;
    const matchId = lease.matchId ?? "";
    const match = server.matches[matchId];
    // A lease ends with its match.
    if (match === undefined) throw unknownLease(lease.id);
    return Object.freeze({ state: "claimed", lease, server, matchId, match });
  }

  async claimLobby(request: ParsedLobbyRequest, signal: AbortSignal): Promise<LobbyClaim> {
    const held = await this.#claim(lobbyTag(request.mode), request, "lobby", signal);
    return "state" in held ? held : Object.freeze({ state: "claimed", ...held });
  }

  async confirm(leaseId: string, signal: AbortSignal): Promise<Lease> {
    const known = await this.#read(leaseId, signal);
    if (known === undefined) throw unknownLease(leaseId);
    if (known.lease.state === "confirmed") return known.lease;
    const compute = (before: Entry | undefined): Draft | undefined =>
      before && seatedDraft(before, known.lease);
    const options = { signal, isRepeatable: true };
    const changed = await this.#store.change(known.lease.serverId, compute, options);
    if (changed?.lease === undefined) throw unknownLease(leaseId);
    return changed.lease;
  }

  async extend(leaseId: string, ttlMs: number, signal: AbortSignal): Promise<Lease> {
    const args = ["extend", leaseId, ttlMs];
    const [word, text = ""] = await this.#store.namespace.run(scripts.lease, args, { signal });
    if (word === "none") throw unknownLease(leaseId);
    if (word === "confirmed") {
      throw conflict(`lease ${leaseId} is confirmed: its seats are taken for good`);
    }
    return this.#store.lease(leaseId, text);
  }

  async release(leaseId: string, signal: AbortSignal): Promise<boolean> {
    const run = { signal, isRepeatable: false };
    const [word] = await this.#store.namespace.run(scripts.lease, ["release", leaseId, 0], run);
    if (word === "confirmed") {
      throw conflict(`lease ${leaseId} is confirmed: take the players out of the server's record`);
    }
    return word === "ok";
  }

  async get(leaseId: string, signal: AbortSignal): Promise<Lease | undefined> {
    return (await this.#read(leaseId, signal))?.lease;
  }

  async list(serverId: string, signal: AbortSignal): Promise<readonly Lease[]> {
    const found = await leasesOn(this.#store, serverId, signal);
    if (found === undefined) throw unknownServer(serverId, "serverId");
    return found.leases;
  }

  async #claim(
    tag: string,
    request: ParsedLobbyRequest,
    of: "match" | "lobby",
    signal: AbortSignal,
  ): Promise<Held | NoneFree | Contended> {
    const { seats, ttlMs, order, party, idempotencyKey = "" } = request;
    const fingerprint = idempotencyKey === "" ? "" : fingerprintOf(request, of);
    // Sent again after its answer was lost, it finds the lease of this id.
    const id = randomUUID();
    const args = [id, seats, ttlMs, tag, order, JSON.stringify(party), idempotencyKey, fingerprint];
    const take = async (...from: readonly string[]): Promise<Held | undefined> => {
      const [word, leaseId = "", lease = "", entry = ""] = await this.#store.namespace.run(
        scripts.claim,
        [...args, ...from],
        { signal },
      );
      // With it comes the fingerprint of the claim that the key belongs to.
      if (word === "conflict") {
        throw keyOfAnother(idempotencyKey, leaseId.split("."), fingerprint.split("."));
      }
      if (word === "none") return undefined;
      return { lease: this.#store.lease(leaseId, lease), server: this.#store.entry(entry).server };
    };
    if (!hasConditions(request.where)) return (await take("any")) ?? noneFree;
    const known = idempotencyKey === "" ? undefined : await take("these");
    return known ?? (await this.#claimWhere(tag, request, take, signal));
  }

  /** Looks for places that meet the conditions, and takes the first that is still there as it was seen. */
  async #claimWhere(
    tag: string,
    request: ParsedLobbyRequest,
    take: (...from: readonly string[]) => Promise<Held | undefined>,
    signal: AbortSignal,
  ): Promise<Held | NoneFree | Contended> {
    for (let round = 1; round <= rounds; round += 1) {
      let fits = false;
      for await (const page of this.#lists.candidates(tag, request, signal)) {
        if (page.length === 0) continue;
        fits = true;
        const places = page.flatMap(({ place, server }) => [place, String(server.version)]);
        const held = await take("these", ...places);
        if (held !== undefined) return held;
      }
      if (!fits) return noneFree;
      await delay(backOffMs(round, { minMs: 5, maxMs: 50 }), { signal });
    }
    return contended;
  }

  async #read(leaseId: string, signal: AbortSignal): Promise<Held | undefined> {
    const args = ["get", leaseId, 0];
    const answer = await this.#store.namespace.run(scripts.lease, args, { signal });
    const [word, lease = "", entry = ""] = answer;
    if (word === "none") return undefined;
    return { lease: this.#store.lease(leaseId, lease), server: this.#store.entry(entry).server };
  }
}

/** Short text in the place of a request of any size: 72 bits for each part. */
function fingerprintOf(request: ParsedLobbyRequest, of: "match" | "lobby"): string {
  const digest = (part: string) =>
    createHash("sha256").update(part).digest("base64url").slice(0, 12);
  return requestParts(request, of).map(digest).join(".");
}

/** A server and the leases held on it, oldest first. */
export async function leasesOn(store: Store, serverId: string, signal: AbortSignal) {
  const answer = await store.namespace.run(scripts.leasesOn, [serverId], { signal });
  const [word, entry = "", ...rows] = answer;
  if (word === "none") return undefined;
  const leases: Lease[] = [];
  for (let row = 0; row < rows.length; row += 2) {
    leases.push(store.lease(rows[row] ?? "", rows[row + 1] ?? ""));
  }
  return { server: store.entry(entry).server, leases: Object.freeze(leases) };
}

/** The server once the lease's seats are taken. */
function seatedDraft({ server, isDraining }: Entry, lease: Lease): Draft | undefined {
  if (server.availability === "expired") {
    throw conflict(`server ${server.id} of lease ${lease.id} has expired: claim anew`);
  }
  const leaseId = lease.id;
  if (lease.matchId === undefined) {
    const players = confirmedPlayers(server, lease);
    if (players === undefined) throw noRoom(lease);
    return { info: { ...server, players }, isDraining, leaseId };
  }
  if (!Object.hasOwn(server.matches, lease.matchId)) return undefined;
  const present = server.matches[lease.matchId];
  const match = present && confirmedMatch(present, lease);
  if (match === undefined) throw noRoom(lease);
  const matches = { ...server.matches, [lease.matchId]: match };
  return { info: { ...server, matches }, isDraining, leaseId };
}

const conflict = (message: string): RegistryError => new RegistryError("CONFLICT", message);

const noRoom = ({ id, serverId, matchId, seats }: Lease): RegistryError =>
  conflict(
    `${matchId === undefined ? "lobby" : `match ${matchId} on`} ${serverId} has reported no room for the ${seats} seats of lease ${id}: release it and claim anew`,
  );

function unknownLease(id: string): RegistryError {
  const message = `no lease ${JSON.stringify(id)} is held: it has expired, was released or is gone with its match: claim anew`;
  return new RegistryError("NOT_FOUND", message, { field: "leaseId" });
}
