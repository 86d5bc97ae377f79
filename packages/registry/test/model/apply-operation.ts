import {
  type Awaitable,
  hasErrorCode,
  type LobbyClaim,
  type SeatClaim,
  type ServerRegistry,
} from "@potassium/core-types";
import { expect } from "vitest";
import { confirmedMatch } from "../../src/record/confirmed-seats.js";
import type { NaiveLease, NaiveRegistry, NaiveServer } from "./naive-registry.js";
import type { Claim, Operation } from "./operations.js";

type Step = Exclude<Operation, { readonly do: "wait" | "restart" }>;

/** Does the same in both, and expects the same answer. @param given the ids of the leases so far, which are added to. */
export async function applyOperation(
  step: Step,
  registry: ServerRegistry,
  naive: NaiveRegistry,
  given: string[],
): Promise<void> {
  switch (step.do) {
    case "register":
      naive.register(step.server, step.ttlMs, step.keep);
      await registry.register(step.server, {
        ttlMs: step.ttlMs,
        matches: step.keep ? "keep" : "replace",
      });
      return;
    case "unregister":
      expect(await registry.unregister(step.id)).toBe(naive.unregister(step.id));
      return;
    case "claimSeats":
      await claimSeats(step, registry, naive, given);
      return;
    case "claimLobby":
      await claimLobby(step, registry, naive, given);
      return;
    case "confirm":
    case "release":
    case "extend":
      await endLease(
        step,
        registry,
        naive,
        given[step.lease % Math.max(1, given.length)] ?? "none",
      );
      return;
    default:
      await changeServer(step, registry, naive);
  }
}

async function changeServer(
  step: Extract<Step, { readonly id: string }>,
  registry: ServerRegistry,
  naive: NaiveRegistry,
): Promise<void> {
  if (step.do === "unregister") return;
  const server = naive.find(step.id);
  const call = (): Awaitable<unknown> => {
    switch (step.do) {
      case "update":
        return registry.update(step.id, step.change);
      case "updateMatch":
        return registry.updateMatch(step.id, step.matchId, step.match);
      case "removeMatch":
        return registry.removeMatch(step.id, step.matchId);
      case "heartbeat":
        return registry.heartbeat(step.id, { ttlMs: step.ttlMs });
      case "undrain":
        return registry.undrain(step.id);
      case "drain":
        return registry.drain(step.id, { deadlineMs: 0 });
      default:
        return step satisfies never;
    }
  };
  if (server === undefined) {
    expect(await codeOf(call)).toBe("NOT_FOUND");
    return;
  }
  const hadMatch = "matchId" in step && step.matchId in server.info.matches;
  const answer = await call();
  if (step.do === "update") naive.put(server, { ...server.info, ...step.change });
  else if (step.do === "updateMatch") naive.setMatch(server, step.matchId, step.match);
  else if (step.do === "removeMatch") {
    naive.setMatch(server, step.matchId, undefined);
    expect(answer).toBe(hadMatch);
  } else if (step.do === "heartbeat") {
    server.ttlMs = step.ttlMs ?? server.ttlMs;
    server.seenAtMs = naive.nowMs;
  } else if (step.do === "undrain") server.draining = false;
  else {
    server.draining = true;
    expect(answer).toMatchObject({ state: naive.drainState(server) });
  }
}

async function claimSeats(
  { mode, claim }: Extract<Step, { readonly do: "claimSeats" }>,
  registry: ServerRegistry,
  naive: NaiveRegistry,
  given: string[],
): Promise<void> {
  const call = () => registry.claimSeats({ mode, ...claim });
  const found = naive.findMatch(mode, claim.seats, claim.order, claim.where);
  await expectClaim(JSON.stringify(["match", mode, claim]), claim, call, naive, found, given);
}

async function claimLobby(
  { mode, claim }: Extract<Step, { readonly do: "claimLobby" }>,
  registry: ServerRegistry,
  naive: NaiveRegistry,
  given: string[],
): Promise<void> {
  const call = () => registry.claimLobby({ mode, ...claim });
  const server = naive.findLobby(claim.seats, claim.order, claim.where, mode);
  const found = server && { server, matchId: undefined };
  await expectClaim(JSON.stringify(["lobby", mode, claim]), claim, call, naive, found, given);
}

async function expectClaim(
  request: string,
  claim: Claim,
  call: () => Awaitable<SeatClaim | LobbyClaim>,
  naive: NaiveRegistry,
  found: { readonly server: NaiveServer; readonly matchId: string | undefined } | undefined,
  given: string[],
): Promise<void> {
  const { idempotencyKey: key, seats, party, ttlMs } = claim;
  const known = naive.leases.find((lease) => key !== undefined && lease.key === key);
  if (known !== undefined && known.request !== request) {
    expect(await codeOf(call)).toBe("CONFLICT");
    return;
  }
  const answer = await call();
  if (known === undefined && found === undefined) {
    expect(answer).toEqual({ state: "none-free" });
    return;
  }
  if (answer.state !== "claimed") throw new Error(`${answer.state}, where seats are free`);
  if (known !== undefined) {
    expect(answer.lease.id).toBe(known.id);
    return;
  }
  const { id } = answer.lease;
  const [serverId, matchId] = [found?.server.info.id ?? "", found?.matchId];
  const expiresAtMs = naive.nowMs + ttlMs;
  const state = "held";
  expect(answer.lease).toMatchObject({ state, serverId, seats, party, expiresAtMs });
  expect(answer.lease.matchId).toBe(matchId);
  given.push(id);
  naive.leases.push({
    id,
    serverId,
    matchId,
    seats,
    party,
    key,
    request,
    ttlMs,
    expiresAtMs,
    state,
  });
}

async function endLease(
  step: Extract<Step, { readonly lease: number }>,
  registry: ServerRegistry,
  naive: NaiveRegistry,
  id: string,
): Promise<void> {
  const lease = naive.leases.find((other) => other.id === id);
  if (step.do === "release" && lease?.state !== "confirmed") {
    expect(await registry.release(id)).toBe(lease !== undefined);
    naive.leases = naive.leases.filter((other) => other !== lease);
    return;
  }
  const call = (): Awaitable<unknown> => {
    if (step.do === "confirm") return registry.confirm(id);
    return step.do === "extend" ? registry.extend(id, step.ttlMs) : registry.release(id);
  };
  if (lease === undefined) expect(await codeOf(call)).toBe("NOT_FOUND");
  else if (step.do === "confirm") await expectConfirm(lease, call, naive);
  else if (lease.state === "confirmed") expect(await codeOf(call)).toBe("CONFLICT");
  else if (step.do === "extend") {
    lease.ttlMs = step.ttlMs;
    lease.expiresAtMs = naive.nowMs + step.ttlMs;
    expect(await call()).toMatchObject({ expiresAtMs: lease.expiresAtMs });
  }
}

async function expectConfirm(
  lease: NaiveLease,
  call: () => Awaitable<unknown>,
  naive: NaiveRegistry,
): Promise<void> {
  const server = naive.find(lease.serverId);
  if (server === undefined) throw new Error("a lease without a server");
  if (lease.state === "confirmed") {
    await call();
    return;
  }
  const { info } = server;
  const match = lease.matchId === undefined ? undefined : info.matches[lease.matchId];
  const confirmed = match && confirmedMatch(match, lease);
  const fits = match ? confirmed !== undefined : info.players + lease.seats <= info.maxPlayers;
  if (naive.availability(server) === "expired" || !fits) {
    expect(await codeOf(call)).toBe("CONFLICT");
    return;
  }
  expect(await call()).toMatchObject({ id: lease.id, state: "confirmed" });
  lease.state = "confirmed";
  lease.expiresAtMs = naive.nowMs + lease.ttlMs;
  if (lease.matchId !== undefined) naive.setMatch(server, lease.matchId, confirmed);
  else naive.put(server, { ...info, players: info.players + lease.seats });
}

async function codeOf(call: () => Awaitable<unknown>): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (hasErrorCode(error, "NOT_FOUND", "CONFLICT")) return error.code;
    throw error;
  }
}
