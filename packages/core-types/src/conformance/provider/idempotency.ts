import assert from "node:assert/strict";
import { expectCode } from "../expect-code.js";
import { type ProviderSuite, uniqueName } from "./suite.js";

export function testIdempotency({ check, image }: ProviderSuite): void {
  check(
    "the same idempotency key gives the same server, one after another and at once",
    async (provider) => {
      const request = { image, idempotencyKey: uniqueName("key"), environment: { B: "2", A: "1" } };
      const many = await Promise.all(Array.from({ length: 4 }, () => provider.allocate(request)));
      const later = await provider.allocate({ ...request, environment: { A: "1", B: "2" } });
      assert.deepEqual([...new Set([...many, later].map(({ id }) => id))], [later.id]);
      assert.equal((await provider.list()).length, 1);
    },
  );

  check("an idempotency key of another request is a CONFLICT", async (provider) => {
    const idempotencyKey = uniqueName("key");
    await provider.allocate({ image, idempotencyKey });
    await expectCode("CONFLICT", () =>
      provider.allocate({ image, idempotencyKey, environment: { OTHER: "1" } }),
    );
    assert.equal((await provider.list()).length, 1);
  });

  check(
    "an idempotency key is free again after a failure and after its server is gone",
    async (provider) => {
      const idempotencyKey = uniqueName("key");
      const readiness = { type: "log", pattern: "^ready$" } as const;
      await expectCode("START_FAILED", () =>
        provider.allocate({ image, idempotencyKey, readiness, command: ["--exit", "1"] }),
      );
      const first = await provider.allocate({ image, idempotencyKey, readiness });
      await provider.deallocate(first.id);
      const second = await provider.allocate({ image, idempotencyKey, readiness });
      assert.notEqual(second.id, first.id);
    },
  );

  check("one aborted call leaves another with the same key its server", async (provider) => {
    const request = { image, idempotencyKey: uniqueName("key") };
    const controller = new AbortController();
    const aborted = provider.allocate(request, { signal: controller.signal });
    const kept = provider.allocate(request);
    controller.abort(new Error("enough"));
    await aborted.catch(() => {});
    const server = await kept;
    assert.equal((await provider.get(server.id))?.status.state, "running");
  });
}
