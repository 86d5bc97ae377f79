import assert from "node:assert/strict";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { expectCode, rejectionOf } from "../expect-code.js";
import { waitFor } from "../wait-for.js";
import { claimed } from "./claimed.js";
import { busyMatch, gameServer, lobbyServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testDraining(test: RegistryTest): void {
  test("drain() of a server that nobody is on is drained at once, and marks it", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const result = await registry.drain("a");
    assert.deepEqual(result, { state: "drained", server: await registry.get("a") });
    assert.equal((await registry.get("a"))?.availability, "draining");
  });

  test("drain() waits for the players to leave", async (registry) => {
    await registry.register(lobbyServer("a", { players: 2 }));
    const waiting = await waitingDrain(registry, "a");
    await registry.update("a", { players: 1 });
    await registry.update("a", { metadata: { any: "thing" } });
    assert.equal(await waiting.ended(), false);
    const server = await registry.update("a", { players: 0 });
    assert.deepEqual(await waiting.result, { state: "drained", server });
  });

  test("drain() waits for the matches to end", async (registry) => {
    const matches = { x: busyMatch, y: { status: "busy", need: 0 }, z: openMatch(3, ["ann"]) };
    await registry.register(gameServer("a", { matches } as never));
    const waiting = await waitingDrain(registry, "a");
    await registry.removeMatch("a", "x");
    await registry.updateMatch("a", "y", openMatch(4));
    assert.equal(await waiting.ended(), false);
    await registry.updateMatch("a", "z", openMatch(4));
    assert.equal((await waiting.result).state, "drained");
  });

  test("drain() waits for leases to be released or to expire", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const one = await claimed(registry.claimSeats({ mode: "skywars" }));
    const two = await claimed(registry.claimSeats({ mode: "skywars" }));
    const waiting = await waitingDrain(registry, "a");
    await registry.release(one.lease.id);
    assert.equal(await waiting.ended(), false);
    await registry.extend(two.lease.id, 50);
    assert.equal((await waiting.result).state, "drained");
  });

  test("drain() waits for the players of a lease that was confirmed", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const { lease } = await claimed(registry.claimSeats({ mode: "skywars", party: ["ann"] }));
    const waiting = await waitingDrain(registry, "a");
    await registry.confirm(lease.id);
    assert.equal(await waiting.ended(), false);
    await registry.removeMatch("a", "m");
    assert.equal((await waiting.result).state, "drained");
  });

  test("drain() gives up at its deadline, and the server stays marked", async (registry) => {
    await registry.register(gameServer("a", { players: 1 }));
    for (const deadlineMs of [0, 50]) {
      const result = await registry.drain("a", { deadlineMs });
      assert.deepEqual(result, { state: "deadline", server: await registry.get("a") });
    }
    assert.equal((await registry.get("a"))?.availability, "draining");
  });

  test("drain() is gone when the server is unregistered meanwhile", async (registry) => {
    await registry.register(gameServer("a", { players: 1 }));
    const waiting = await waitingDrain(registry, "a");
    await registry.unregister("a");
    assert.deepEqual(await waiting.result, { state: "gone" });
  });

  test("drain() is gone when the server expires meanwhile", async (registry) => {
    await registry.register(gameServer("a", { players: 1 }));
    const waiting = await waitingDrain(registry, "a");
    await registry.heartbeat("a", { ttlMs: 50 });
    assert.deepEqual(await waiting.result, { state: "gone" });
  });

  test("an expired server that drained before comes back draining", async (registry) => {
    await registry.register(gameServer("a", { players: 1 }));
    await registry.drain("a", { deadlineMs: 0 });
    await registry.heartbeat("a", { ttlMs: 50 });
    await waitFor("the server to expire", async () => {
      return (await registry.get("a"))?.availability === "expired";
    });
    await registry.heartbeat("a", { ttlMs: 60_000 });
    assert.equal((await registry.get("a"))?.availability, "draining");
  });

  test("drain() that is aborted rejects with the reason, and the server stays marked", async (registry) => {
    await registry.register(gameServer("a", { players: 1 }));
    const controller = new AbortController();
    const drain = registry.drain("a", { signal: controller.signal });
    await marked(registry, "a");
    const reason = new Error("enough");
    controller.abort(reason);
    assert.equal(await rejectionOf(() => drain), reason);
    assert.equal((await registry.get("a"))?.availability, "draining");
  });

  test("drain() is DISPOSED when the registry is disposed meanwhile", async (registry) => {
    await registry.register(gameServer("a", { players: 1 }));
    const drain = registry.drain("a");
    const rejected = expectCode("DISPOSED", () => drain);
    await marked(registry, "a");
    await registry[Symbol.asyncDispose]();
    await rejected;
  });

  test("many drains of one server all learn that it is drained", async (registry) => {
    await registry.register(gameServer("a", { players: 1 }));
    const drains = Array.from({ length: 10 }, () => registry.drain("a", { deadlineMs: 20_000 }));
    await marked(registry, "a");
    await registry.update("a", { players: 0 });
    const states = (await Promise.all(drains)).map(({ state }) => state);
    assert.deepEqual(new Set(states), new Set(["drained"]));
  });

  test("undrain() takes players again", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    await registry.drain("a");
    const server = await registry.undrain("a");
    assert.equal(server.availability, "available");
    assert.deepEqual(await registry.get("a"), server);
    await claimed(registry.claimSeats({ mode: "skywars" }));
  });

  test("undrain() of a server that doesn't drain changes nothing", async (registry) => {
    const { version, ...server } = await registry.register(gameServer("a"));
    const { version: after, ...undrained } = await registry.undrain("a");
    assert.deepEqual(undrained, server);
  });

  test("drain() and undrain() of an unknown server are NOT_FOUND", async (registry) => {
    await expectCode("NOT_FOUND", () => registry.drain("nobody"));
    await expectCode("NOT_FOUND", () => registry.drain("nobody", { deadlineMs: 0 }));
    await expectCode("NOT_FOUND", () => registry.undrain("nobody"));
    assert.deepEqual(await registry.list(), []);
  });
}

/** A drain that has begun. */
async function waitingDrain(registry: ServerRegistry, id: string) {
  const result = registry.drain(id, { deadlineMs: 20_000 });
  let settled = false;
  const noteEnd = () => {
    settled = true;
  };
  result.then(noteEnd, noteEnd);
  await marked(registry, id);
  return {
    result,
    /** Whether it has ended, after a call that it could have ended in. */
    ended: async () => {
      await registry.get(id);
      await new Promise((resolve) => setImmediate(resolve));
      return settled;
    },
  };
}

async function marked(registry: ServerRegistry, id: string): Promise<void> {
  await waitFor("the server to be marked", async () => {
    return (await registry.get(id))?.availability === "draining";
  });
}
