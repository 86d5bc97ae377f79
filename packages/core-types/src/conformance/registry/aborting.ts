import assert from "node:assert/strict";
import type { ServerRegistry } from "../../registry/server-registry.js";
import type { AbortOptions } from "../../wait/abort-options.js";
import { rejectionOf } from "../expect-code.js";
import { busyMatch, fullServer, lobbyServer } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

type Call = (registry: ServerRegistry, options: AbortOptions) => unknown;

const calls: Readonly<Record<keyof ServerRegistry, Call>> = {
  register: (registry, options) => registry.register(lobbyServer("new"), options),
  unregister: (registry, options) => registry.unregister(fullServer.id, options),
  get: (registry, options) => registry.get(fullServer.id, options),
  list: (registry, options) => registry.list({}, options),
  update: (registry, options) => registry.update(fullServer.id, { players: 1 }, options),
  updateMatch: (registry, options) => registry.updateMatch(fullServer.id, "m1", busyMatch, options),
  removeMatch: (registry, options) => registry.removeMatch(fullServer.id, "m1", options),
  findLobby: (registry, options) => registry.findLobby(options),
  findReadyMatch: (registry, options) => registry.findReadyMatch("skywars", options),
};

export function testAborting(test: RegistryTest): void {
  for (const [name, call] of Object.entries(calls)) {
    test(`${name}() with an aborted signal rejects with its reason and changes nothing`, async (registry) => {
      const before = await registry.register(fullServer);
      const reason = new Error("the caller has gone");
      const signal = AbortSignal.abort(reason);
      assert.equal(await rejectionOf(() => call(registry, { signal })), reason);
      assert.deepEqual(await registry.list(), [before]);
    });

    test(`${name}() works with a signal that doesn't abort`, async (registry) => {
      await registry.register(fullServer);
      await call(registry, { signal: new AbortController().signal });
      await call(registry, { signal: undefined });
    });
  }

  test("an aborted signal rejects with a reason that is no error", async (registry) => {
    const signal = AbortSignal.abort("enough");
    assert.equal(await rejectionOf(() => registry.list({}, { signal })), "enough");
  });

  test("an aborted update() doesn't call its function", async (registry) => {
    await registry.register(fullServer);
    const called: string[] = [];
    const options = { signal: AbortSignal.abort() };
    await rejectionOf(() =>
      registry.update(
        fullServer.id,
        () => {
          called.push("update");
          return {};
        },
        options,
      ),
    );
    await rejectionOf(() =>
      registry.updateMatch(
        fullServer.id,
        "m1",
        () => {
          called.push("updateMatch");
          return busyMatch;
        },
        options,
      ),
    );
    assert.deepEqual(called, []);
  });
}
