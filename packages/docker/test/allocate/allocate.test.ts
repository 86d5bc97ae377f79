import { inspect } from "node:util";
import { expect, test } from "vitest";
import { DockerProvider } from "../../src/index.js";
import { FakeContainers } from "../fake-engine/fake-containers.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { drop, json, plain, silence } from "../fake-engine/reply.js";
import { until } from "../fake-engine/until.js";

const create = /^\/containers\/create$/;
const image = "localhost/game:1";

async function started() {
  const engine = await FakeEngine.start();
  const containers = new FakeContainers(engine);
  const provider = new DockerProvider({ host: engine.host, timeoutMs: 5000 });
  return {
    engine,
    containers,
    provider,
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}

test("variables of the environment are in the body of the create request, and in no URL", async () => {
  await using here = await started();
  const { engine, provider } = here;
  await provider.allocate({ image, environment: { TOKEN: "s3cret-token" } });
  expect(engine.seen("POST", create)[0]?.body).toContain("TOKEN=s3cret-token");
  for (const { url, headers } of engine.requests) {
    expect(`${url} ${JSON.stringify(headers)}`).not.toContain("s3cret-token");
  }
});

test.each([400, 409, 500])(
  "an engine that repeats them with %i brings them into no error",
  async (status) => {
    await using here = await started();
    const { engine, provider } = here;
    engine.on("POST", create, ({ body }) => plain(status, `can't make of this: ${body}`));
    const call = provider.allocate({ image, environment: { TOKEN: 's3cret"token', PIN: "98765" } });
    const error: unknown = await call.catch((failure: unknown) => failure);
    const shown = inspect(error, { depth: 9, showHidden: true });
    expect(shown).toContain("can't make of this");
    expect(shown).not.toMatch(/s3cret|98765/);
  },
);

test("a variable whose value is a word of the engine's hides no reason from the code", async () => {
  await using here = await started();
  const { provider } = here;
  await provider.allocate({ image, name: "lobby" });
  const again = provider.allocate({
    image,
    name: "lobby",
    environment: { MODE: "already", X: "name" },
  });
  await expect(again).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
});

test("a create whose answer is lost leaves nothing behind", async () => {
  await using here = await started();
  const { engine, containers, provider } = here;
  engine.on("POST", create, (request) => {
    containers.create(request);
    return drop();
  });
  await expect(provider.allocate({ image })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(containers.all.size).toBe(0);
});

test("a start whose answer is lost leaves nothing behind, also where the clean-up fails at first", async () => {
  await using here = await started();
  const { engine, containers, provider } = here;
  let failures = 0;
  engine.on("POST", /\/start$/, (request) => {
    containers.start(request);
    return drop();
  });
  engine.on("DELETE", /^\/containers\//, () => (++failures > 2 ? undefined : drop()));
  await expect(provider.allocate({ image })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(containers.all.size).toBe(0);
});

test("where nothing can be cleaned up, the error is still the first one", async () => {
  await using here = await started();
  const { engine, containers, provider } = here;
  engine.on("POST", /\/start$/, () => json(500, { message: "no space left on device" }));
  engine.on("DELETE", /^\/containers\//, drop);
  await expect(provider.allocate({ image })).rejects.toMatchObject({ code: "START_FAILED" });
  expect(containers.all.size).toBe(1);
});

test("a server that did start is found by its key, and no second one is made", async () => {
  await using here = await started();
  const { engine, containers, provider } = here;
  // All that was made is left, as by a caller that died.
  engine.on("DELETE", /^\/containers\//, drop);
  let lost = 0;
  engine.on("POST", /\/start$/, (request) => {
    containers.start(request);
    lost += 1;
    return lost === 1 ? drop() : undefined;
  });
  const request = { image, idempotencyKey: "match-1" };
  await expect(provider.allocate(request)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  const server = await provider.allocate(request);
  expect([...containers.all.keys()]).toEqual([server.id]);
  await expect(provider.allocate({ ...request, image: "localhost/other:1" })).rejects.toMatchObject(
    {
      code: "CONFLICT",
    },
  );
});

test("an abort while the engine creates waits for it, and removes what was made", async () => {
  await using here = await started();
  const { engine, containers, provider } = here;
  const controller = new AbortController();
  const reason = new Error("the player left");
  engine.on("POST", create, () => {
    controller.abort(reason);
    return undefined;
  });
  await expect(provider.allocate({ image }, { signal: controller.signal })).rejects.toBe(reason);
  expect(containers.all.size).toBe(0);
});

test("a port that the engine finds in use is passed over for the next of the range", async () => {
  await using here = await started();
  const { engine, containers, provider } = here;
  const message =
    "cannot listen on the UDP port: listen udp4 0.0.0.0:21001: bind: address already in use";
  engine.on("POST", /\/start$/, ({ path }) => {
    const made = JSON.stringify(containers.all.get(path.split("/")[2] ?? "")?.body);
    return made.includes('"HostPort":"21001"') ? json(500, { message }) : undefined;
  });
  const ports = [{ container: 5520, protocol: "udp", range: "21001-21003" }] as const;
  expect((await provider.allocate({ image, ports })).ports).toMatchObject([{ host: 21002 }]);
  expect(containers.all.size).toBe(1);
});

test("an abort ends a call also while the engine does not say what it is", async () => {
  await using here = await started();
  const { engine, provider } = here;
  engine.on("GET", /^\/version$/, silence);
  const controller = new AbortController();
  const call = provider.list({}, { signal: controller.signal });
  await until("the engine was asked", () => engine.requests.length === 1);
  controller.abort(new Error("enough"));
  await expect(call).rejects.toThrow("enough");
});
