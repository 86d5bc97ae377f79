import assert from "node:assert/strict";
import type { ListFilter } from "../../registry/list-filter.js";
import type { ServerInfo } from "../../registry/server-info.js";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { generatedModes, generatedServers } from "./generated-servers.js";
import { allFilters, naiveFilter } from "./naive-filter.js";
import { busyMatch, gameServer, lobbyServer, readyMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testListing(test: RegistryTest): void {
  test("list() of an empty registry is empty", async (registry) => {
    assert.deepEqual(await registry.list(), []);
    assert.deepEqual(await registry.list({ type: "game", hasReadyMatch: true }), []);
  });

  test("list() filters by type", async (registry) => {
    await registry.register(gameServer("g"));
    await registry.register(lobbyServer("l"));
    assert.deepEqual(await listedIds(registry, { type: "game" }), ["g"]);
    assert.deepEqual(await listedIds(registry, { type: "lobby" }), ["l"]);
  });

  test("list() filters by mode, exactly", async (registry) => {
    for (const mode of ["skywars", "Skywars", "sky", "", "constructor"]) {
      await registry.register(gameServer(`of-${mode}`, { mode }));
    }
    assert.deepEqual(await listedIds(registry, { mode: "skywars" }), ["of-skywars"]);
    assert.deepEqual(await listedIds(registry, { mode: "" }), ["of-"]);
    assert.deepEqual(await listedIds(registry, { mode: "constructor" }), ["of-constructor"]);
    assert.deepEqual(await listedIds(registry, { mode: "toString" }), []);
  });

  test("list() filters by room for a player", async (registry) => {
    await registry.register(lobbyServer("room", { players: 99, maxPlayers: 100 }));
    await registry.register(lobbyServer("full", { players: 100, maxPlayers: 100 }));
    await registry.register(lobbyServer("over", { players: 101, maxPlayers: 100 }));
    await registry.register(lobbyServer("none", { players: 0, maxPlayers: 0 }));
    assert.deepEqual(await listedIds(registry, { hasCapacity: true }), ["room"]);
    assert.deepEqual(await listedIds(registry, { hasCapacity: false }), ["full", "over", "none"]);
  });

  test("list() filters by a ready match", async (registry) => {
    await registry.register(gameServer("ready", { matches: { a: busyMatch, b: readyMatch } }));
    await registry.register(gameServer("busy", { matches: { a: busyMatch } }));
    await registry.register(gameServer("none"));
    assert.deepEqual(await listedIds(registry, { hasReadyMatch: true }), ["ready"]);
    assert.deepEqual(await listedIds(registry, { hasReadyMatch: false }), ["busy", "none"]);
  });

  test("list() takes an undefined filter field as left out", async (registry) => {
    await registry.register(gameServer("g"));
    const filter = { type: undefined, mode: undefined, hasCapacity: undefined };
    assert.deepEqual(await listedIds(registry, filter), ["g"]);
    assert.deepEqual(await listedIds(registry, undefined), ["g"]);
  });

  test("list() agrees with a naive filter for every combination of filters", async (registry) => {
    const all: ServerInfo[] = [];
    for (const server of generatedServers(60, 1)) all.push(await registry.register(server));
    await expectNaiveAnswers(registry, all);
  });

  test("list() agrees with a naive filter after changes of every kind", async (registry) => {
    const before = generatedServers(60, 2);
    const after = generatedServers(60, 3);
    for (const server of before) await registry.register(server);
    for (const [index, { id }] of before.entries()) {
      const { id: _, ...change } = after[index] ?? gameServer("");
      const { type, mode, players, maxPlayers, matches = {} } = change;
      if (index % 5 === 0) await registry.update(id, change);
      if (index % 5 === 1) await registry.update(id, { players, maxPlayers });
      if (index % 5 === 2) await registry.update(id, () => ({ type, mode }));
      if (index % 5 === 3) await registry.unregister(id);
      if (index % 5 === 4) {
        for (const match of ["m1", "m2", "m3", "m4"]) await registry.removeMatch(id, match);
        for (const [key, match] of Object.entries(matches)) {
          await registry.updateMatch(id, key, match);
        }
      }
    }
    const all: ServerInfo[] = [];
    for (const { id } of before) {
      const server = await registry.get(id);
      if (server !== undefined) all.push(server);
    }
    assert.equal(all.length, 48);
    await expectNaiveAnswers(registry, all);
  });
}

async function expectNaiveAnswers(
  registry: ServerRegistry,
  all: readonly ServerInfo[],
): Promise<void> {
  for (const filter of allFilters(generatedModes)) {
    assert.deepEqual(
      await listedIds(registry, filter),
      naiveFilter(all, filter).map((server) => server.id),
      `list(${JSON.stringify(filter)}) is wrong`,
    );
  }
  assert.deepEqual(await registry.list(), all);
}

async function listedIds(registry: ServerRegistry, filter?: ListFilter): Promise<string[]> {
  return (await registry.list(filter)).map((server) => server.id);
}
