import assert from "node:assert/strict";
import type { ListFilter } from "../../registry/list-filter.js";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { claimed } from "./claimed.js";
import { gameServer, idsOf, lobbyServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testFiltering(test: RegistryTest): void {
  for (const field of ["labels", "metadata"] as const) {
    test(`list() filters by ${field}: each must be the server's`, async (registry) => {
      await registry.register(gameServer("both", { [field]: { region: "eu", tier: "gold" } }));
      await registry.register(gameServer("one", { [field]: { region: "eu" } }));
      await registry.register(gameServer("other", { [field]: { region: "us", tier: "gold" } }));
      await registry.register(gameServer("none"));
      const listed = (texts: Record<string, string>) => listedIds(registry, { [field]: texts });
      assert.deepEqual(await listed({}), ["both", "one", "other", "none"]);
      assert.deepEqual(await listed({ region: "eu" }), ["both", "one"]);
      assert.deepEqual(await listed({ tier: "gold", region: "eu" }), ["both"]);
      assert.deepEqual(await listed({ region: "EU" }), []);
      assert.deepEqual(await listed({ region: "e" }), []);
      assert.deepEqual(await listed({ region: "" }), []);
      assert.deepEqual(await listed({ constructor: "Object" }), []);
    });

    test(`list() follows a change of ${field}`, async (registry) => {
      await registry.register(gameServer("a", { [field]: { region: "eu" } }));
      await registry.register(gameServer("b", { [field]: { region: "us" } }));
      await registry.update("a", { [field]: { region: "us" } });
      assert.deepEqual(await listedIds(registry, { [field]: { region: "eu" } }), []);
      assert.deepEqual(await listedIds(registry, { [field]: { region: "us" } }), ["a", "b"]);
    });
  }

  test("list() takes labels and metadata for different things", async (registry) => {
    await registry.register(gameServer("label", { labels: { region: "eu" } }));
    await registry.register(gameServer("text", { metadata: { region: "eu" } }));
    assert.deepEqual(await listedIds(registry, { labels: { region: "eu" } }), ["label"]);
    assert.deepEqual(await listedIds(registry, { metadata: { region: "eu" } }), ["text"]);
  });

  test("list() filters by host, in any writing of the address", async (registry) => {
    await registry.register(gameServer("v4", { host: "10.0.0.7" }));
    await registry.register(gameServer("v6", { host: "fd00::1" }));
    await registry.register(gameServer("name", { host: "game-1.internal" }));
    assert.deepEqual(await listedIds(registry, { host: "::ffff:10.0.0.7" }), ["v4"]);
    assert.deepEqual(await listedIds(registry, { host: "[FD00:0::1]" }), ["v6"]);
    assert.deepEqual(await listedIds(registry, { host: "GAME-1.internal" }), ["name"]);
    assert.deepEqual(await listedIds(registry, { host: "10.0.0.70" }), []);
  });

  test("list() filters by health", async (registry) => {
    await registry.register(gameServer("well"));
    await registry.register(gameServer("ill", { health: "unhealthy" }));
    assert.deepEqual(await listedIds(registry, {}), ["well", "ill"]);
    assert.deepEqual(await listedIds(registry, { health: "healthy" }), ["well"]);
    assert.deepEqual(await listedIds(registry, { health: "unhealthy" }), ["ill"]);
    await registry.update("ill", { health: "healthy" });
    assert.deepEqual(await listedIds(registry, { health: "healthy" }), ["well", "ill"]);
  });

  test("list() filters by availability, and shows draining servers without being asked", async (registry) => {
    await registry.register(gameServer("open"));
    await registry.register(gameServer("draining", { players: 1 }));
    await registry.drain("draining", { deadlineMs: 0 });
    assert.deepEqual(await listedIds(registry, {}), ["open", "draining"]);
    assert.deepEqual(await listedIds(registry, { availability: "available" }), ["open"]);
    assert.deepEqual(await listedIds(registry, { availability: "draining" }), ["draining"]);
    assert.deepEqual(await listedIds(registry, { availability: "expired" }), []);
  });

  test("list() filters by free seats on the server", async (registry) => {
    await registry.register(lobbyServer("one", { maxPlayers: 8, players: 7 }));
    await registry.register(lobbyServer("five", { maxPlayers: 8, players: 3 }));
    await registry.register(lobbyServer("full", { maxPlayers: 8, players: 8 }));
    assert.deepEqual(await listedIds(registry, { minFreeSeats: 1 }), ["one", "five"]);
    assert.deepEqual(await listedIds(registry, { minFreeSeats: 5 }), ["five"]);
    assert.deepEqual(await listedIds(registry, { minFreeSeats: 6 }), []);
  });

  test("list() filters by the free seats of one match, and adds none together", async (registry) => {
    await registry.register(gameServer("2+2", { matches: { x: openMatch(2), y: openMatch(2) } }));
    await registry.register(gameServer("3", { matches: { x: openMatch(3) } }));
    await registry.register(gameServer("busy", { matches: { x: { status: "busy", need: 8 } } }));
    await registry.register(gameServer("0", { matches: { x: openMatch(0) } }));
    assert.deepEqual(await listedIds(registry, { minMatchSeats: 1 }), ["2+2", "3"]);
    assert.deepEqual(await listedIds(registry, { minMatchSeats: 3 }), ["3"]);
    assert.deepEqual(await listedIds(registry, { minMatchSeats: 4 }), []);
    assert.deepEqual(await listedIds(registry, { hasReadyMatch: false }), ["busy", "0"]);
  });

  test("list() takes held seats for taken", async (registry) => {
    await registry.register(gameServer("g", { matches: { x: openMatch(3) } }));
    await registry.register(lobbyServer("l", { maxPlayers: 3 }));
    const match = await claimed(registry.claimSeats({ mode: "skywars", seats: 2 }));
    await claimed(registry.claimLobby({ seats: 3 }));
    assert.deepEqual(await listedIds(registry, { minMatchSeats: 1 }), ["g"]);
    assert.deepEqual(await listedIds(registry, { minMatchSeats: 2 }), []);
    assert.deepEqual(await listedIds(registry, { type: "lobby", hasCapacity: true }), []);
    await claimed(registry.claimSeats({ mode: "skywars" }));
    assert.deepEqual(await listedIds(registry, { hasReadyMatch: true }), []);
    await registry.release(match.lease.id);
    assert.deepEqual(await listedIds(registry, { minMatchSeats: 2 }), ["g"]);
  });

  test("list() joins filters by and", async (registry) => {
    const fitting = { labels: { region: "eu" }, metadata: { map: "islands" }, host: "10.0.0.9" };
    const open = { ...fitting, matches: { x: openMatch(4) } };
    await registry.register(gameServer("all", open));
    await registry.register(gameServer("label", { ...open, labels: {} }));
    await registry.register(gameServer("metadata", { ...open, metadata: { map: "castle" } }));
    await registry.register(gameServer("host", { ...open, host: "10.0.0.8" }));
    await registry.register(gameServer("match", fitting));
    await registry.register(gameServer("mode", { ...open, mode: "survival" }));
    const filter = { ...fitting, mode: "skywars", minMatchSeats: 4, minFreeSeats: 8 } as const;
    assert.deepEqual(await listedIds(registry, filter), ["all"]);
  });
}

async function listedIds(registry: ServerRegistry, filter: ListFilter): Promise<string[]> {
  return idsOf(await registry.list(filter));
}
