import assert from "node:assert/strict";
import type { ServerChange } from "../../registry/server-change.js";
import { expectCode, rejectionOf } from "../expect-code.js";
import { infoOf } from "./info-of.js";
import { fullServer, gameServer } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testUpdating(test: RegistryTest): void {
  test("update() changes what is given and keeps the rest", async (registry) => {
    await registry.register(fullServer);
    const changed = await registry.update(fullServer.id, { players: 4 });
    assert.deepEqual(infoOf(changed), { ...fullServer, players: 4 });
    assert.deepEqual(infoOf(await registry.get(fullServer.id)), { ...fullServer, players: 4 });
  });

  test("update() can change every field but the id", async (registry) => {
    await registry.register(gameServer(fullServer.id, { mode: "survival", port: 1 }));
    const { id, ...change } = fullServer;
    assert.deepEqual(infoOf(await registry.update(id, change)), fullServer);
  });

  test("update() takes a function of the present record", async (registry) => {
    await registry.register(fullServer);
    const changed = await registry.update(fullServer.id, (server) => ({
      players: server.players + 2,
      metadata: { ...server.metadata, map: "castle" },
    }));
    assert.equal(changed.players, 5);
    assert.deepEqual(changed.metadata, { region: "eu", map: "castle" });
    assert.deepEqual(changed.matches, fullServer.matches);
  });

  test("update() replaces maps whole", async (registry) => {
    await registry.register(fullServer);
    const changed = await registry.update(fullServer.id, {
      metadata: { only: "this" },
      matches: {},
    });
    assert.deepEqual([changed.metadata, changed.matches], [{ only: "this" }, {}]);
  });

  test("update() with nothing to change gives the record as it is", async (registry) => {
    await registry.register(fullServer);
    assert.deepEqual(infoOf(await registry.update(fullServer.id, {})), fullServer);
    assert.deepEqual(infoOf(await registry.update(fullServer.id, () => ({}))), fullServer);
  });

  test("update() takes an undefined field as left out", async (registry) => {
    await registry.register(fullServer);
    const change = { mode: undefined, matches: undefined, webhookPort: undefined, players: 1 };
    assert.deepEqual(infoOf(await registry.update(fullServer.id, change)), {
      ...fullServer,
      players: 1,
    });
  });

  test("update() takes the whole record back, its id unchanged", async (registry) => {
    await registry.register(fullServer);
    const changed = await registry.update(fullServer.id, (server) => ({ ...server, players: 7 }));
    assert.deepEqual(infoOf(changed), { ...fullServer, players: 7 });
  });

  test("update() refuses another id", async (registry) => {
    await registry.register(gameServer("a"));
    const before = await registry.list();
    const other: ServerChange = Object.assign({ players: 1 }, { id: "b" });
    const byObject = await expectCode("INVALID_ARGUMENT", () => registry.update("a", other));
    assert.equal(byObject.field, "id");
    const byFunction = await expectCode("INVALID_ARGUMENT", () =>
      registry.update("a", () => other),
    );
    assert.equal(byFunction.field, "id");
    assert.deepEqual(await registry.list(), before);
    assert.equal(await registry.get("b"), undefined);
  });

  test("update() rejects with NOT_FOUND for an unknown id and adds nothing", async (registry) => {
    let called = false;
    await expectCode("NOT_FOUND", () => registry.update("nobody", { players: 1 }));
    await expectCode("NOT_FOUND", () =>
      registry.update("nobody", () => {
        called = true;
        return {};
      }),
    );
    assert.equal(called, false);
    assert.deepEqual(await registry.list(), []);
  });

  test("update() passes on what its function throws and changes nothing", async (registry) => {
    await registry.register(fullServer);
    const failure = new Error("the function failed");
    const error = await rejectionOf(() =>
      registry.update(fullServer.id, () => {
        throw failure;
      }),
    );
    assert.equal(error, failure);
    assert.deepEqual(infoOf(await registry.get(fullServer.id)), fullServer);
    assert.equal((await registry.update(fullServer.id, { players: 0 })).players, 0);
  });

  test("update() refuses what a function gives as it refuses an object", async (registry) => {
    await registry.register(fullServer);
    const error = await expectCode("INVALID_ARGUMENT", () =>
      registry.update(fullServer.id, () => ({ players: 1, port: 0 })),
    );
    assert.equal(error.field, "port");
    assert.deepEqual(infoOf(await registry.get(fullServer.id)), fullServer);
  });

  test("update() refuses a function that gives a promise", async (registry) => {
    await registry.register(fullServer);
    // @ts-expect-error: what callers without types do
    const call = () => registry.update(fullServer.id, async () => ({ players: 1 }));
    await expectCode("INVALID_ARGUMENT", call);
    assert.deepEqual(infoOf(await registry.get(fullServer.id)), fullServer);
  });
}
