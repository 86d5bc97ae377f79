import assert from "node:assert/strict";
import { rejectionOf } from "../expect-code.js";
import { claimed } from "./claimed.js";
import { everyCall } from "./every-call.js";
import { busyMatch, fullServer } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testAborting(test: RegistryTest): void {
  for (const [name, call] of Object.entries(everyCall)) {
    test(`${name}() with an aborted signal rejects with its reason and changes nothing`, async (registry) => {
      const before = await registry.register(fullServer);
      const { lease } = await claimed(registry.claimSeats({ mode: "skywars" }));
      const reason = new Error("the caller has gone");
      const signal = AbortSignal.abort(reason);
      assert.equal(await rejectionOf(() => call(registry, { signal }, lease.id)), reason);
      assert.deepEqual(await registry.list(), [before]);
      assert.deepEqual(await registry.listLeases(fullServer.id), [lease]);
    });

    test(`${name}() works with a signal that doesn't abort`, async (registry) => {
      await registry.register(fullServer);
      const { lease } = await claimed(registry.claimSeats({ mode: "skywars" }));
      await call(registry, { signal: new AbortController().signal }, lease.id);
    });

    test(`${name}() works with an undefined signal`, async (registry) => {
      await registry.register(fullServer);
      const { lease } = await claimed(registry.claimSeats({ mode: "skywars" }));
      await call(registry, { signal: undefined }, lease.id);
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
