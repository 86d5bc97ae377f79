import assert from "node:assert/strict";
import { expectCode } from "../expect-code.js";
import { claimed } from "./claimed.js";
import { gameServer, lobbyServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

const noneFree = { state: "none-free" };

export function testClaimingLobbies(test: RegistryTest): void {
  test("claimLobby() gives a lease on a lobby, without a match", async (registry) => {
    await registry.register(gameServer("game", { matches: { m: openMatch(4) } }));
    const server = await registry.register(lobbyServer("a", { players: 3 }));
    const claim = await claimed(registry.claimLobby({ party: ["ann", "bob"] }));
    const { id, fencingToken, expiresAtMs, ...rest } = claim.lease;
    assert.deepEqual(
      { ...rest, matchId: rest.matchId },
      { state: "held", serverId: "a", matchId: undefined, seats: 2, party: ["ann", "bob"] },
    );
    assert.ok(id.length >= 16 && fencingToken > 0 && expiresAtMs > 0);
    assert.deepEqual(claim.server, server);
    assert.deepEqual(await registry.get("a"), server);
  });

  test("claimLobby() gives no more places than a lobby has, and a party all in one", async (registry) => {
    await registry.register(lobbyServer("a", { players: 1, maxPlayers: 3 }));
    await registry.register(lobbyServer("b", { maxPlayers: 2 }));
    assert.deepEqual(await registry.claimLobby({ seats: 3 }), noneFree);
    assert.equal((await claimed(registry.claimLobby({}))).server.id, "a");
    assert.equal((await claimed(registry.claimLobby({ seats: 2 }))).server.id, "b");
    assert.equal((await claimed(registry.claimLobby({}))).server.id, "a");
    assert.deepEqual(await registry.claimLobby({}), noneFree);
  });

  test("claimLobby() takes any mode, or the one that is given", async (registry) => {
    await registry.register(lobbyServer("hub", { mode: "hub", maxPlayers: 1 }));
    await registry.register(lobbyServer("plain", { mode: "", maxPlayers: 1 }));
    await registry.register(lobbyServer("other", { mode: "constructor", maxPlayers: 2 }));
    assert.equal((await claimed(registry.claimLobby({ mode: "" }))).server.id, "plain");
    assert.equal((await claimed(registry.claimLobby({ mode: "constructor" }))).server.id, "other");
    assert.equal((await claimed(registry.claimLobby({}))).server.id, "hub");
    assert.deepEqual(await registry.claimLobby({ mode: "hub" }), noneFree);
    assert.equal((await claimed(registry.claimLobby({}))).server.id, "other");
  });

  test("claimLobby() takes an order and what else must be true of the server", async (registry) => {
    await registry.register(lobbyServer("a", { players: 5, maxPlayers: 10 }));
    await registry.register(lobbyServer("b", { maxPlayers: 2, labels: { region: "eu" } }));
    await registry.register(lobbyServer("c", { maxPlayers: 8 }));
    const claimedId = async (request: Parameters<typeof registry.claimLobby>[0]) =>
      (await claimed(registry.claimLobby(request))).server.id;
    assert.equal(await claimedId({ order: "fullest" }), "b");
    assert.equal(await claimedId({ order: "fullest", seats: 3 }), "a");
    assert.equal(await claimedId({ order: "emptiest" }), "c");
    assert.equal(await claimedId({ where: { labels: { region: "eu" } } }), "b");
    assert.deepEqual(await registry.claimLobby({ where: { labels: { region: "eu" } } }), noneFree);
  });

  test("a confirmed lobby lease is counted in the players", async (registry) => {
    await registry.register(lobbyServer("a", { players: 1, maxPlayers: 4 }));
    const { lease } = await claimed(registry.claimLobby({ seats: 2 }));
    const confirmed = await registry.confirm(lease.id);
    assert.equal(confirmed.state, "confirmed");
    assert.equal((await registry.get("a"))?.players, 3);
    assert.equal((await registry.findLobby())?.players, 3);
    await registry.confirm(lease.id);
    assert.equal((await registry.get("a"))?.players, 3);
    await claimed(registry.claimLobby({}));
    assert.deepEqual(await registry.claimLobby({}), noneFree);
  });

  test("confirm() is CONFLICT where the lobby has filled up, and the lease is still held", async (registry) => {
    await registry.register(lobbyServer("a", { maxPlayers: 4 }));
    const { lease } = await claimed(registry.claimLobby({ seats: 2 }));
    const full = await registry.update("a", { players: 3 });
    await expectCode("CONFLICT", () => registry.confirm(lease.id));
    assert.deepEqual(await registry.get("a"), full);
    assert.deepEqual(await registry.getLease(lease.id), lease);
    await registry.update("a", { players: 2 });
    await registry.confirm(lease.id);
    assert.equal((await registry.get("a"))?.players, 4);
  });

  test("a released lobby lease gives its places back", async (registry) => {
    await registry.register(lobbyServer("a", { maxPlayers: 2 }));
    const { lease } = await claimed(registry.claimLobby({ seats: 2 }));
    assert.equal(await registry.release(lease.id), true);
    assert.equal((await registry.get("a"))?.players, 0);
    await claimed(registry.claimLobby({ seats: 2 }));
  });

  test("a lobby lease stays when the lobby is registered again or changes", async (registry) => {
    await registry.register(lobbyServer("a", { maxPlayers: 4 }));
    const { lease } = await claimed(registry.claimLobby({ seats: 3 }));
    await registry.register(lobbyServer("a", { maxPlayers: 5 }));
    await registry.update("a", { matches: {} });
    assert.deepEqual(await registry.listLeases("a"), [lease]);
    assert.deepEqual(await registry.claimLobby({ seats: 3 }), noneFree);
    await registry.confirm(lease.id);
    assert.equal((await registry.get("a"))?.players, 3);
  });
}
