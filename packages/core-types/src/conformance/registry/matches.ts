import assert from "node:assert/strict";
import { expectCode, rejectionOf } from "../expect-code.js";
import { infoOf } from "./info-of.js";
import { busyMatch, fullServer, gameServer, readyMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testMatches(test: RegistryTest): void {
  test("updateMatch() adds a match and keeps the others", async (registry) => {
    await registry.register(fullServer);
    const match = await registry.updateMatch(fullServer.id, "m3", { status: "starting", need: 2 });
    assert.deepEqual(match, { status: "starting", need: 2, players: [] });
    assert.deepEqual(infoOf(await registry.get(fullServer.id)), {
      ...fullServer,
      matches: { ...fullServer.matches, m3: match },
    });
  });

  test("updateMatch() replaces the whole match", async (registry) => {
    await registry.register(fullServer);
    const match = await registry.updateMatch(fullServer.id, "m1", { status: "busy", need: 0 });
    assert.deepEqual(match, { status: "busy", need: 0, players: [] });
    const server = await registry.get(fullServer.id);
    assert.deepEqual(server?.matches, { m1: match, m2: busyMatch });
  });

  test("updateMatch() takes a function of the present match", async (registry) => {
    await registry.register(fullServer);
    const match = await registry.updateMatch(fullServer.id, "m1", (present) => {
      assert.deepEqual(present, readyMatch);
      return { status: "ready", need: 3, players: [...(present?.players ?? []), "dora"] };
    });
    assert.deepEqual(match, { status: "ready", need: 3, players: ["ann", "bob", "dora"] });
  });

  test("updateMatch() calls its function with undefined where there is no match", async (registry) => {
    await registry.register(gameServer("a"));
    const seen: unknown[] = [];
    for (const id of ["m1", "constructor", "toString"]) {
      await registry.updateMatch("a", id, (present) => {
        seen.push(present);
        return readyMatch;
      });
    }
    assert.ok(seen.length >= 3 && seen.every((present) => present === undefined));
  });

  test("updateMatch() passes on what its function throws and changes nothing", async (registry) => {
    await registry.register(fullServer);
    const failure = new Error("the function failed");
    const error = await rejectionOf(() =>
      registry.updateMatch(fullServer.id, "m1", () => {
        throw failure;
      }),
    );
    assert.equal(error, failure);
    assert.deepEqual(infoOf(await registry.get(fullServer.id)), fullServer);
  });

  test("updateMatch() refuses a function that gives a promise", async (registry) => {
    await registry.register(fullServer);
    // @ts-expect-error: what callers without types do
    const call = () => registry.updateMatch(fullServer.id, "m1", async () => busyMatch);
    await expectCode("INVALID_ARGUMENT", call);
    assert.deepEqual(infoOf(await registry.get(fullServer.id)), fullServer);
  });

  test("updateMatch() and removeMatch() reject with NOT_FOUND for an unknown server", async (registry) => {
    await expectCode("NOT_FOUND", () => registry.updateMatch("nobody", "m1", readyMatch));
    await expectCode("NOT_FOUND", () => registry.updateMatch("nobody", "m1", () => readyMatch));
    await expectCode("NOT_FOUND", () => registry.removeMatch("nobody", "m1"));
    assert.deepEqual(await registry.list(), []);
  });

  test("removeMatch() says whether the server had the match and removes it alone", async (registry) => {
    await registry.register(fullServer);
    assert.equal(await registry.removeMatch(fullServer.id, "m1"), true);
    assert.equal(await registry.removeMatch(fullServer.id, "m1"), false);
    assert.equal(await registry.removeMatch(fullServer.id, "constructor"), false);
    const server = await registry.get(fullServer.id);
    assert.deepEqual(infoOf(server), { ...fullServer, matches: { m2: busyMatch } });
  });

  test("matches of one id on two servers are two matches", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: readyMatch } }));
    await registry.register(gameServer("b", { matches: { m: readyMatch } }));
    await registry.updateMatch("a", "m", busyMatch);
    await registry.removeMatch("a", "m");
    assert.deepEqual((await registry.get("b"))?.matches, { m: readyMatch });
  });
}
