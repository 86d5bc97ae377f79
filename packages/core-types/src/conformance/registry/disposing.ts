import assert from "node:assert/strict";
import { expectCode } from "../expect-code.js";
import { claimed } from "./claimed.js";
import { everyCall } from "./every-call.js";
import { fullServer } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testDisposing(test: RegistryTest): void {
  for (const [name, call] of Object.entries(everyCall)) {
    test(`${name}() after disposal rejects with DISPOSED`, async (registry) => {
      await registry.register(fullServer);
      const { lease } = await claimed(registry.claimSeats({ mode: "skywars" }));
      await registry[Symbol.asyncDispose]();
      await expectCode("DISPOSED", () => call(registry, {}, lease.id));
    });
  }

  test("disposal may happen twice, at once and one after the other", async (registry) => {
    await registry.register(fullServer);
    await Promise.all([registry[Symbol.asyncDispose](), registry[Symbol.asyncDispose]()]);
    assert.equal(await registry[Symbol.asyncDispose](), undefined);
  });
}
