import assert from "node:assert/strict";
import type { FindOptions, ServerRegistry } from "../../registry/server-registry.js";
import { claimed } from "./claimed.js";
import { gameServer, lobbyServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testFindingSeats(test: RegistryTest): void {
  test("findReadyMatch() finds a match with enough seats, never two that have them together", async (registry) => {
    await registry.register(gameServer("a", { matches: { x: openMatch(2), y: openMatch(3) } }));
    await registry.register(gameServer("b", { matches: { x: openMatch(5) } }));
    assert.equal(await foundMatch(registry, { seats: 2 }), "a/x");
    assert.equal(await foundMatch(registry, { seats: 3 }), "a/y");
    assert.equal(await foundMatch(registry, { seats: 5 }), "b/x");
    assert.equal(await foundMatch(registry, { seats: 6 }), undefined);
  });

  test("findReadyMatch() passes over a ready match that takes nobody", async (registry) => {
    await registry.register(gameServer("a", { matches: { x: openMatch(0) } }));
    assert.equal(await foundMatch(registry), undefined);
  });

  test("findReadyMatch() finds matches of one server in the order in which they were added", async (registry) => {
    await registry.register(gameServer("a"));
    for (const id of ["z", "m", "a"]) await registry.updateMatch("a", id, openMatch(1));
    assert.equal(await foundMatch(registry), "a/z");
    await registry.updateMatch("a", "z", { status: "busy", need: 0 });
    assert.equal(await foundMatch(registry), "a/m");
    await registry.updateMatch("a", "z", openMatch(1));
    assert.equal(await foundMatch(registry), "a/z");
    await registry.removeMatch("a", "z");
    await registry.updateMatch("a", "z", openMatch(1));
    assert.equal(await foundMatch(registry), "a/m");
  });

  test("findReadyMatch() finds the fullest that suffices, or the emptiest, ties by age", async (registry) => {
    await registry.register(gameServer("a", { matches: { x: openMatch(5), y: openMatch(3) } }));
    await registry.register(gameServer("b", { matches: { x: openMatch(3), y: openMatch(7) } }));
    await registry.register(gameServer("c", { matches: { x: openMatch(7), y: openMatch(1) } }));
    assert.equal(await foundMatch(registry, { order: "oldest" }), "a/x");
    assert.equal(await foundMatch(registry, { order: "fullest" }), "c/y");
    assert.equal(await foundMatch(registry, { order: "fullest", seats: 2 }), "a/y");
    assert.equal(await foundMatch(registry, { order: "fullest", seats: 6 }), "b/y");
    assert.equal(await foundMatch(registry, { order: "emptiest" }), "b/y");
    assert.equal(await foundMatch(registry, { order: "emptiest", seats: 8 }), undefined);
  });

  test("findReadyMatch() counts held seats in its orders", async (registry) => {
    await registry.register(gameServer("a", { matches: { x: openMatch(5) } }));
    await registry.register(gameServer("b", { matches: { x: openMatch(4) } }));
    const { lease } = await claimed(registry.claimSeats({ mode: "skywars", seats: 3 }));
    assert.equal(await foundMatch(registry, { order: "fullest" }), "a/x");
    assert.equal(await foundMatch(registry, { order: "emptiest" }), "b/x");
    assert.equal(await foundMatch(registry, { seats: 3 }), "b/x");
    await registry.release(lease.id);
    assert.equal(await foundMatch(registry, { order: "emptiest" }), "a/x");
  });

  test("findReadyMatch() takes what else must be true of the server", async (registry) => {
    const matches = { x: openMatch(4) };
    await registry.register(gameServer("us", { matches, labels: { region: "us" } }));
    await registry.register(gameServer("eu", { matches, labels: { region: "eu" } }));
    await registry.register(gameServer("map", { matches, metadata: { map: "islands" } }));
    await registry.register(gameServer("host", { matches, host: "10.0.0.9" }));
    const found = (where: FindOptions["where"]) => foundMatch(registry, { where });
    assert.equal(await found({}), "us/x");
    assert.equal(await found({ labels: { region: "eu" } }), "eu/x");
    assert.equal(await found({ metadata: { map: "islands" } }), "map/x");
    assert.equal(await found({ host: "::ffff:10.0.0.9" }), "host/x");
    assert.equal(await found({ labels: { region: "eu" }, host: "10.0.0.9" }), undefined);
    assert.equal(await found({ labels: { constructor: "x" } }), undefined);
  });

  test("findLobby() finds a lobby with enough room, in each order", async (registry) => {
    await registry.register(lobbyServer("a", { players: 5, maxPlayers: 10 }));
    await registry.register(lobbyServer("b", { players: 0, maxPlayers: 2 }));
    await registry.register(lobbyServer("c", { players: 0, maxPlayers: 5 }));
    await registry.register(lobbyServer("d", { players: 91, maxPlayers: 100 }));
    const found = async (options: FindOptions) => (await registry.findLobby(options))?.id;
    assert.equal(await found({ seats: 3 }), "a");
    assert.equal(await found({ seats: 9 }), "d");
    assert.equal(await found({ seats: 10 }), undefined);
    assert.equal(await found({ order: "fullest" }), "b");
    assert.equal(await found({ order: "fullest", seats: 3 }), "a");
    assert.equal(await found({ order: "emptiest" }), "d");
  });

  test("findLobby() takes what else must be true of the server", async (registry) => {
    await registry.register(lobbyServer("us", { labels: { region: "us" } }));
    await registry.register(lobbyServer("eu", { labels: { region: "eu" }, mode: "survival" }));
    const where = { labels: { region: "eu" } };
    assert.equal((await registry.findLobby({ where }))?.id, "eu");
    await registry.update("eu", { labels: {} });
    assert.equal(await registry.findLobby({ where }), undefined);
  });

  test("findLobby() counts held places", async (registry) => {
    await registry.register(lobbyServer("a", { maxPlayers: 3 }));
    await registry.register(lobbyServer("b", { maxPlayers: 3 }));
    const { lease } = await claimed(registry.claimLobby({ seats: 2 }));
    assert.equal((await registry.findLobby({ seats: 2 }))?.id, "b");
    assert.equal((await registry.findLobby({ order: "fullest" }))?.id, "a");
    await registry.release(lease.id);
    assert.equal((await registry.findLobby({ seats: 2 }))?.id, "a");
  });
}

async function foundMatch(
  registry: ServerRegistry,
  options?: FindOptions,
): Promise<string | undefined> {
  const found = await registry.findReadyMatch("skywars", options);
  return found && `${found.server.id}/${found.matchId}`;
}
