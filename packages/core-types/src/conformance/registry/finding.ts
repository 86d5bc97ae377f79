import assert from "node:assert/strict";
import { busyMatch, gameServer, lobbyServer, readyMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testFinding(test: RegistryTest): void {
  test("findLobby() gives the lobby with room that was registered first", async (registry) => {
    await registry.register(gameServer("game"));
    await registry.register(lobbyServer("full", { players: 100 }));
    const second = await registry.register(lobbyServer("second"));
    await registry.register(lobbyServer("third"));
    assert.deepEqual(await registry.findLobby(), second);
  });

  test("findLobby() gives undefined where no lobby has room", async (registry) => {
    assert.equal(await registry.findLobby(), undefined);
    await registry.register(gameServer("game"));
    await registry.register(lobbyServer("full", { players: 100 }));
    await registry.register(lobbyServer("closed", { maxPlayers: 0 }));
    assert.equal(await registry.findLobby(), undefined);
  });

  test("findLobby() follows a lobby that fills up, empties and goes", async (registry) => {
    await registry.register(lobbyServer("a", { maxPlayers: 2 }));
    await registry.register(lobbyServer("b"));
    await registry.update("a", { players: 2 });
    assert.equal((await registry.findLobby())?.id, "b");
    await registry.update("a", { players: 1 });
    assert.equal((await registry.findLobby())?.players, 1);
    await registry.update("a", { type: "game" });
    assert.equal((await registry.findLobby())?.id, "b");
    await registry.unregister("b");
    assert.equal(await registry.findLobby(), undefined);
  });

  test("findReadyMatch() gives a ready match of the mode with its server", async (registry) => {
    await registry.register(gameServer("other", { mode: "survival", matches: { x: readyMatch } }));
    await registry.register(gameServer("busy", { matches: { x: busyMatch } }));
    const server = await registry.register(
      gameServer("ready", { matches: { a: busyMatch, b: readyMatch } }),
    );
    await registry.register(gameServer("later", { matches: { x: readyMatch } }));
    assert.deepEqual(await registry.findReadyMatch("skywars"), {
      server,
      matchId: "b",
      match: readyMatch,
    });
  });

  test("findReadyMatch() gives undefined where there is none", async (registry) => {
    assert.equal(await registry.findReadyMatch("skywars"), undefined);
    await registry.register(gameServer("busy", { matches: { x: busyMatch } }));
    await registry.register(
      gameServer("starting", { matches: { x: { status: "starting", need: 1 } } }),
    );
    for (const mode of ["skywars", "sky", "", "constructor", "__proto__"]) {
      assert.equal(await registry.findReadyMatch(mode), undefined);
    }
  });

  test("findReadyMatch() takes game servers only", async (registry) => {
    await registry.register(lobbyServer("lobby", { mode: "skywars", matches: { x: readyMatch } }));
    assert.equal(await registry.findReadyMatch("skywars"), undefined);
  });

  test("findReadyMatch() finds modes of any name", async (registry) => {
    for (const mode of ["", "constructor", "__proto__", "a:b{c}", "*", "Ünï 🎮"]) {
      await registry.register(gameServer(`of-${mode}`, { mode, matches: { x: readyMatch } }));
    }
    for (const mode of ["", "constructor", "__proto__", "a:b{c}", "*", "Ünï 🎮"]) {
      assert.equal((await registry.findReadyMatch(mode))?.server.id, `of-${mode}`);
    }
  });

  test("findReadyMatch() follows matches that begin, end and go", async (registry) => {
    await registry.register(gameServer("a"));
    await registry.register(gameServer("b", { matches: { y: readyMatch } }));
    const found = async () => {
      const match = await registry.findReadyMatch("skywars");
      return match && `${match.server.id}/${match.matchId}`;
    };
    await registry.updateMatch("a", "x", readyMatch);
    assert.equal(await found(), "a/x");
    await registry.updateMatch("a", "x", (match) => ({ ...match, status: "busy", need: 0 }));
    assert.equal(await found(), "b/y");
    await registry.update("a", { matches: { z: readyMatch } });
    assert.equal(await found(), "a/z");
    await registry.removeMatch("a", "z");
    assert.equal(await found(), "b/y");
    await registry.update("b", { mode: "survival" });
    assert.equal(await found(), undefined);
    await registry.update("b", { mode: "skywars" });
    assert.equal(await found(), "b/y");
    await registry.register(gameServer("b"));
    assert.equal(await found(), undefined);
  });
}
