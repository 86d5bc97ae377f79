import assert from "node:assert/strict";
import type { ServerRecord } from "../../registry/server-record.js";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { expectCode } from "../expect-code.js";
import { claimed } from "./claimed.js";
import { busyMatch, fullServer, gameServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testVersions(test: RegistryTest): void {
  test("a record says its version, its age and that it is available", async (registry) => {
    const server = await registry.register(gameServer("a"));
    assert.ok(Number.isSafeInteger(server.version) && server.version > 0);
    assert.ok(Number.isSafeInteger(server.registeredAtMs) && server.registeredAtMs > 0);
    assert.equal(server.availability, "available");
  });

  test("the version rises with each change, and no two records have the same", async (registry) => {
    const versions: number[] = [];
    for await (const { version } of changesOf(registry)) versions.push(version);
    assert.equal(new Set(versions).size, versions.length);
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a - b),
    );
  });

  test("a record keeps its age for as long as it is registered", async (registry) => {
    const { registeredAtMs } = await registry.register(gameServer("a"));
    assert.equal((await registry.update("a", { players: 1 })).registeredAtMs, registeredAtMs);
    assert.equal(
      (await registry.register({ ...fullServer, id: "a" })).registeredAtMs,
      registeredAtMs,
    );
  });

  test("neither finds, claims nor heartbeats change a version", async (registry) => {
    const { version } = await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    await registry.findReadyMatch("skywars");
    const claim = await registry.claimSeats({ mode: "skywars" });
    if (claim.state === "claimed") await registry.release(claim.lease.id);
    await registry.heartbeat("a");
    assert.equal((await registry.get("a"))?.version, version);
  });

  test("what the registry adds is ignored where it is given back", async (registry) => {
    const before = await registry.register(gameServer("a"));
    const given = { ...before, version: 1, registeredAtMs: 1, availability: "expired", players: 4 };
    const registered = await registry.register(given);
    const updated = await registry.update("a", { ...given, players: 5 });
    const byFunction = await registry.update("a", () => ({ ...given, players: 6 }));
    assert.deepEqual([registered.players, updated.players, byFunction.players], [4, 5, 6]);
    for (const server of [registered, updated, byFunction]) {
      assert.ok(server.version > before.version);
      assert.equal(server.registeredAtMs, before.registeredAtMs);
      assert.equal(server.availability, "available");
    }
  });

  test("a change of the present version is made", async (registry) => {
    const first = await registry.register(fullServer);
    const { id } = first;
    const second = await registry.update(id, { players: 1 }, { ifVersion: first.version });
    const third = await registry.update(id, ({ players }) => ({ players: players + 1 }), {
      ifVersion: second.version,
    });
    assert.equal(third.players, 2);
    await registry.updateMatch(id, "m1", busyMatch, { ifVersion: third.version });
    const fourth = await known(registry, id);
    assert.equal(await registry.removeMatch(id, "m1", { ifVersion: fourth.version }), true);
    const fifth = await known(registry, id);
    assert.equal(await registry.unregister(id, { ifVersion: fifth.version }), true);
    assert.equal(await registry.get(id), undefined);
  });

  test("a change of another version is CONFLICT and changes nothing", async (registry) => {
    const { id, version: old } = await registry.register(fullServer);
    const server = await registry.update(id, { players: 1 });
    for (const ifVersion of [old, 0, server.version + 1]) {
      const conflict = async (call: () => unknown) => {
        assert.equal((await expectCode("CONFLICT", call)).field, "ifVersion");
      };
      await conflict(() => registry.update(id, { players: 2 }, { ifVersion }));
      await conflict(() => registry.update(id, () => ({ players: 2 }), { ifVersion }));
      await conflict(() => registry.updateMatch(id, "m1", busyMatch, { ifVersion }));
      await conflict(() => registry.updateMatch(id, "new", () => busyMatch, { ifVersion }));
      await conflict(() => registry.removeMatch(id, "m1", { ifVersion }));
      await conflict(() => registry.unregister(id, { ifVersion }));
    }
    assert.deepEqual(await registry.list(), [server]);
  });

  test("a change of an unknown server is NOT_FOUND, whatever the version", async (registry) => {
    const options = { ifVersion: 1 };
    await expectCode("NOT_FOUND", () => registry.update("a", { players: 1 }, options));
    await expectCode("NOT_FOUND", () => registry.updateMatch("a", "m", busyMatch, options));
    await expectCode("NOT_FOUND", () => registry.removeMatch("a", "m", options));
    assert.equal(await registry.unregister("a", options), false);
  });

  test("the version before unregister() fits no later server of the same id", async (registry) => {
    const { version } = await registry.register(gameServer("a"));
    await registry.unregister("a");
    const again = await registry.register(gameServer("a"));
    assert.ok(again.version > version);
    await expectCode("CONFLICT", () =>
      registry.update("a", { players: 1 }, { ifVersion: version }),
    );
  });

  test("of many changes of one version at once, one is made", async (registry) => {
    const { version } = await registry.register(gameServer("a"));
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, async (_, players) =>
        registry.update("a", { players: players + 1 }, { ifVersion: version }),
      ),
    );
    const made = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
    assert.equal(made.length, 1);
    assert.deepEqual(await registry.list(), made);
  });
}

/** Changes of every kind, one after the other. */
async function* changesOf(registry: ServerRegistry): AsyncGenerator<ServerRecord> {
  const present = () => known(registry, "a");
  yield registry.register(gameServer("a"));
  yield registry.register(gameServer("b"));
  yield registry.update("a", { players: 1 });
  yield registry.update("b", () => ({ players: 1 }));
  await registry.updateMatch("a", "m", openMatch(4));
  yield present();
  await registry.removeMatch("a", "m");
  yield present();
  yield registry.register({ ...fullServer, id: "a" });
  await registry.drain("a", { deadlineMs: 0 });
  yield present();
  yield registry.undrain("a");
  const { lease } = await claimed(registry.claimSeats({ mode: "skywars" }));
  await registry.confirm(lease.id);
  yield present();
}

async function known(registry: ServerRegistry, id: string): Promise<ServerRecord> {
  const server = await registry.get(id);
  return server ?? assert.fail(`${id} is not there`);
}
