import assert from "node:assert/strict";
import { infoOf } from "./info-of.js";
import { fullServer, gameServer } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testConcurrency(test: RegistryTest): void {
  test("a hundred updates by function at once all count", async (registry) => {
    await registry.register(gameServer("a", { maxPlayers: 100 }));
    await atOnce(100, () => registry.update("a", ({ players }) => ({ players: players + 1 })));
    assert.equal((await registry.get("a"))?.players, 100);
    assert.deepEqual(await registry.list({ hasCapacity: true }), []);
  });

  test("updates of different fields at once don't undo each other", async (registry) => {
    await registry.register(fullServer);
    await atOnce(30, (index) =>
      index % 2 === 0
        ? registry.update(fullServer.id, { players: 6 })
        : registry.update(fullServer.id, { metadata: { region: "us" } }),
    );
    const server = await registry.get(fullServer.id);
    assert.deepEqual(infoOf(server), { ...fullServer, players: 6, metadata: { region: "us" } });
  });

  test("players who join one match at once are all in it", async (registry) => {
    await registry.register(gameServer("a"));
    await atOnce(50, (index) =>
      registry.updateMatch("a", "m", (match) => ({
        status: "ready",
        need: 50 - index,
        players: [...(match?.players ?? []), `player-${index}`],
      })),
    );
    const server = await registry.get("a");
    assert.equal(new Set(server?.matches["m"]?.players).size, 50);
  });

  test("matches that are added and removed at once don't undo each other", async (registry) => {
    await registry.register(gameServer("a"));
    for (let index = 0; index < 20; index += 2) {
      await registry.updateMatch("a", `m${index}`, { status: "busy", need: 0 });
    }
    await atOnce(20, (index) =>
      index % 2 === 0
        ? registry.removeMatch("a", `m${index}`)
        : registry.updateMatch("a", `m${index}`, { status: "busy", need: 0 }),
    );
    const kept = Object.keys((await registry.get("a"))?.matches ?? {}).sort();
    assert.deepEqual(kept, Array.from({ length: 10 }, (_, index) => `m${index * 2 + 1}`).sort());
  });

  test("servers that register at once are all there", async (registry) => {
    await atOnce(100, (index) => registry.register(gameServer(`s-${index}`)));
    assert.equal((await registry.list({ mode: "skywars" })).length, 100);
  });

  test("one of many unregister() calls at once says that there was a server", async (registry) => {
    await registry.register(fullServer);
    const answers = await atOnce(20, () => registry.unregister(fullServer.id));
    assert.equal(answers.filter((there) => there).length, 1);
  });
}

function atOnce<T>(count: number, call: (index: number) => T | PromiseLike<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, async (_, index) => call(index)));
}
