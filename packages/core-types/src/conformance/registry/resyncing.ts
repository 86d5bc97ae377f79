import assert from "node:assert/strict";
import type { RegistryChange } from "../../registry/registry-change.js";
import type { ServerRecord } from "../../registry/server-record.js";
import { applyChange, collectChanges, expectRising } from "./change-collector.js";
import { gameServer, idsOf } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

const changesBeyondTheLog = 400;
const smallLog = { keptChanges: 5 };

export function testResyncing(test: RegistryTest): void {
  test("watch() from 0 gives everything there is", async (registry) => {
    for (const id of ["a", "b", "c"]) await registry.register(gameServer(id));
    await registry.update("a", { players: 1 });
    await registry.unregister("b");
    await using watch = collectChanges(registry, { from: 0 });
    await watch.caughtUp();
    await registry.register(gameServer("d"));
    await watch.caughtUp();
    assert.deepEqual([...watch.servers.keys()].sort(), ["a", "c", "d"]);
    expectRising(watch.changes);
  });

  test(
    "watch() from before what is kept begins with one resync of all the servers",
    async (registry) => {
      const { version } = await registry.register(gameServer("a"));
      await registry.register(gameServer("gone"));
      await registry.unregister("gone");
      await registry.register(gameServer("b"));
      for (let players = 1; players <= changesBeyondTheLog; players += 1) {
        await registry.update("a", { players });
      }
      for (const from of [0, version]) {
        await using watch = collectChanges(registry, { from });
        await watch.caughtUp();
        const [first] = watch.changes;
        assert.ok(first?.kind === "resync");
        assert.deepEqual(idsOf(first.servers).sort(), ["a", "b"]);
        assert.ok(first.servers.every((server) => server.version <= first.version));
        const { version: last } = await registry.update("b", ({ players }) => ({
          players: players + 1,
        }));
        await watch.caughtUp();
        assert.deepEqual(
          watch.changes.map(({ kind }) => kind),
          ["resync", "updated"],
        );
        assert.equal(watch.changes.at(-1)?.version, last);
        expectRising(watch.changes);
      }
    },
    smallLog,
  );

  test("watch() can go on from the version of a resync", async (registry) => {
    await registry.register(gameServer("a"));
    const { version } = await firstOf(registry.watch({ from: Number.MAX_SAFE_INTEGER }));
    const updated = await registry.update("a", { players: 1 });
    const next = await firstOf(registry.watch({ from: version }));
    assert.deepEqual(next, { kind: "updated", version: updated.version, server: updated });
  });

  test("watch() from a version that never was, later than all, begins with a resync", async (registry) => {
    const server = await registry.register(gameServer("a"));
    const first = await firstOf(registry.watch({ from: Number.MAX_SAFE_INTEGER }));
    assert.ok(first.kind === "resync");
    assert.deepEqual(first.servers, [server]);
  });

  test(
    "a reader that is too far behind gets a resync in place of what it missed",
    async (registry) => {
      const servers = new Map<string, ServerRecord>();
      const changes: RegistryChange[] = [];
      await registry.register(gameServer("a"));
      await registry.register(gameServer("b"));
      const watch = registry.watch();
      await registry.update("a", { players: 1 });
      let last = 0;
      for await (const change of watch) {
        changes.push(change);
        applyChange(servers, change);
        if (changes.length === 1) {
          await registry.unregister("b");
          await registry.register(gameServer("c"));
          for (let round = 1; round <= changesBeyondTheLog; round += 1) {
            last = (await registry.update("a", { players: round })).version;
          }
        }
        if (change.version >= last && changes.length > 1) break;
      }
      expectRising(changes);
      assert.ok(changes.some(({ kind }) => kind === "resync"));
      const known = [...servers.values()].sort((a, b) => a.version - b.version);
      const present = [...(await registry.list())].sort((a, b) => a.version - b.version);
      assert.deepEqual(known, present);
    },
    smallLog,
  );
}

async function firstOf(watch: AsyncIterable<RegistryChange>): Promise<RegistryChange> {
  for await (const change of watch) return change;
  return assert.fail("the watch ended before it told anything");
}
