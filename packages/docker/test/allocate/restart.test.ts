import { expect, test } from "vitest";
import { DockerProvider } from "../../src/index.js";
import { FakeContainers } from "../fake-engine/fake-containers.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { empty, json } from "../fake-engine/reply.js";

const image = "localhost/game:1";

test("a restart whose port was taken meanwhile is PORT_IN_USE, and the server stays", async () => {
  await using engine = await FakeEngine.start();
  const containers = new FakeContainers(engine);
  await using provider = new DockerProvider({ host: engine.host, timeoutMs: 5000 });
  const { id } = await provider.allocate({ image, name: "lobby" });
  const message = "listen udp4 0.0.0.0:21001: bind: address already in use";
  engine
    .on("GET", /\/logs$/, () => empty(200))
    .on("POST", /\/start$/, () => json(500, { message }));
  await expect(provider.restart(id)).rejects.toMatchObject({
    code: "PORT_IN_USE",
    message: "a host port of server lobby was taken while it was stopped",
  });
  expect(containers.all.has(id)).toBe(true);
});

test("a container that another removes while it starts is NOT_FOUND", async () => {
  await using engine = await FakeEngine.start();
  const containers = new FakeContainers(engine);
  await using provider = new DockerProvider({ host: engine.host, timeoutMs: 5000 });
  engine.on("POST", /\/start$/, () => {
    containers.all.clear();
    return empty(204);
  });
  await expect(provider.allocate({ image })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
