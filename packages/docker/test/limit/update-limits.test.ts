import { expect, test } from "vitest";
import { DockerProvider } from "../../src/index.js";
import { FakeContainers } from "../fake-engine/fake-containers.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { json } from "../fake-engine/reply.js";

async function refused(status: number): Promise<unknown> {
  await using engine = await FakeEngine.start();
  new FakeContainers(engine);
  await using provider = new DockerProvider({ host: engine.host, timeoutMs: 5000 });
  const { id } = await provider.allocate({ image: "localhost/game:1" });
  engine.on("POST", /\/update$/, () => json(status, { message: "the memory is too small" }));
  return await provider
    .updateLimits(id, { memoryLimit: 8_000_000 })
    .catch((reason: unknown) => reason);
}

test.each([404, 405])(
  "an engine that has no such request (%i) is NOT_SUPPORTED",
  async (status) => {
    expect(await refused(status)).toMatchObject({
      code: "NOT_SUPPORTED",
      message: expect.stringContaining("docker 20.10.24 has no request to change the limits"),
    });
  },
);

test.each([400, 409, 500])(
  "limits that the engine refuses with %i are INVALID_ARGUMENT, with its reason",
  async (status) => {
    expect(await refused(status)).toMatchObject({
      code: "INVALID_ARGUMENT",
      message: "the engine refused the limits: the memory is too small",
    });
  },
);

test("an engine that is overloaded is UNAVAILABLE", async () => {
  expect(await refused(503)).toMatchObject({ code: "UNAVAILABLE" });
});
