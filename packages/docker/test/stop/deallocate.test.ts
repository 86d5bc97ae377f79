import { expect, test } from "vitest";
import { DockerProvider } from "../../src/index.js";
import { FakeContainers } from "../fake-engine/fake-containers.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { empty, json } from "../fake-engine/reply.js";

const image = "localhost/game:1";

/** A server on a fake engine, and what is asked of the engine from then on. */
async function oneServer(name = "lobby") {
  const engine = await FakeEngine.start();
  const containers = new FakeContainers(engine);
  const provider = new DockerProvider({ host: engine.host, timeoutMs: 5000 });
  const { id } = await provider.allocate({ image, name });
  const before = engine.requests.length;
  return {
    ...{ engine, containers, provider, id, name },
    asked: () =>
      engine.requests
        .slice(before)
        .map(({ method, path }) => `${method} ${path.replace(id, "ID").replace(name, "NAME")}`),
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}

const look = "GET /containers/ID/json";
const stop = "POST /containers/ID/stop";
const removal = "DELETE /containers/ID";

test("a server is looked at once, stopped and removed", async () => {
  await using here = await oneServer();
  await here.provider.deallocate(here.id);
  expect(here.asked()).toEqual([look, stop, removal]);
  expect(here.containers.all.size).toBe(0);
});

test("by its name it is looked at in its turn again", async () => {
  await using here = await oneServer();
  await here.provider.deallocate(here.name);
  expect(here.asked()).toEqual(["GET /containers/NAME/json", look, stop, removal]);
  expect(here.containers.all.size).toBe(0);
});

test("a name that looks like an id ends the server of that name", async () => {
  await using here = await oneServer("f".repeat(64));
  await Promise.all([here.provider.deallocate(here.name), here.provider.deallocate(here.id)]);
  expect(here.asked().filter((request) => request === stop)).toHaveLength(1);
  expect(here.containers.all.size).toBe(0);
});

test("one that has ended is removed without a stop", async () => {
  await using here = await oneServer();
  for (const container of here.containers.all.values()) container.state = "exited";
  await here.provider.deallocate(here.id);
  expect(here.asked()).toEqual([look, removal]);
});

test("one that another process is stopping has its grace time", async () => {
  await using here = await oneServer();
  for (const container of here.containers.all.values()) container.state = "stopping";
  await here.provider.deallocate(here.id);
  expect(here.asked()).toEqual([look, stop, removal]);
});

test("of two calls at once the second finds nothing to do", async () => {
  await using here = await oneServer();
  await Promise.all([here.provider.deallocate(here.id), here.provider.deallocate(here.id)]);
  expect(here.asked()).toEqual([look, stop, removal, look]);
});

test("one that another process removes after the look is deallocated as well", async () => {
  await using here = await oneServer();
  here.engine.on("POST", /\/stop$/, () => {
    here.containers.all.clear();
    return json(404, { message: "No such container" });
  });
  await here.provider.deallocate(here.id);
  expect(here.asked()).toEqual([look, stop, removal]);
});

test("one that was never there is deallocated without a change", async () => {
  await using here = await oneServer();
  await here.provider.deallocate("e".repeat(64));
  await here.provider.deallocate("no-such-server");
  expect(here.asked().every((request) => request.startsWith("GET "))).toBe(true);
  expect(here.containers.all.size).toBe(1);
});

test("a restart looks before the stop, and gives the server as it is after the start", async () => {
  await using here = await oneServer();
  here.engine.on("GET", /\/logs$/, () => empty(200));
  expect(await here.provider.restart(here.id)).toMatchObject({ status: { state: "running" } });
  const changes = here.asked().filter((request) => !request.startsWith("GET "));
  expect(changes).toEqual([stop, "POST /containers/ID/start"]);
  await expect(here.provider.restart("e".repeat(64))).rejects.toMatchObject({ code: "NOT_FOUND" });
});
