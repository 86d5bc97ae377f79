import { ProcessProvider } from "@potassium/process";
import { expect, test } from "vitest";
import { game, ready } from "./game.js";
import { waitUntil } from "./wait-until.js";

const restartBackOff = { minMs: 20, maxMs: 80 };

test("a server that fails is started again with its ports, until its retries are used up", async () => {
  await using provider = new ProcessProvider({ images: { game }, restartBackOff });
  const events = provider.events()[Symbol.asyncIterator]();
  const { id } = await provider.allocate({
    image: "game",
    command: ["say ready", "exit 3"],
    restartPolicy: { name: "on-failure", maxRetries: 2 },
  });
  const told: string[] = [];
  while (told.filter((type) => type === "stopped").length < 3) {
    const { value } = await events.next();
    // Whether one is ready before it has ended is a matter of luck here.
    if (value.type !== "ready") told.push(value.type);
  }
  const run = ["starting", "running", "stopped"];
  expect(told).toEqual(["created", ...run, ...run, ...run]);
  expect((await provider.get(id))?.status).toMatchObject({ state: "stopped", exitCode: 3 });
  expect((await provider.logs(id)).filter(({ text }) => text === "ready").length).toBe(3);
});

test("a server that always fails is started again ever more slowly, and shown as starting between", async () => {
  await using provider = new ProcessProvider({
    images: { game },
    restartBackOff: { minMs: 60_000, maxMs: 60_000 },
  });
  const { id } = await provider.allocate({
    image: "game",
    readiness: ready,
    restartPolicy: { name: "always" },
  });
  await provider.sendCommand(id, "crash 1");
  await waitUntil("the wait", async () => (await provider.get(id))?.status.state === "starting");
  await expect(provider.sendCommand(id, "say x")).rejects.toMatchObject({ code: "NOT_RUNNING" });
  // A restart does not wait for the back-off, and a deallocation ends it.
  expect((await provider.restart(id)).status.state).toBe("running");
  await provider.sendCommand(id, "crash 1");
  await waitUntil("the wait", async () => (await provider.get(id))?.status.state === "starting");
  await provider.deallocate(id);
  expect(await provider.list()).toEqual([]);
});

test("allocate() goes on waiting for a server that its policy starts again", async () => {
  const script = `
    const { existsSync, writeFileSync } = require("node:fs");
    if (!existsSync("tried")) { writeFileSync("tried", ""); process.exit(1); }
    console.log("ready"); setInterval(() => {}, 60000);`;
  const images = { flaky: { command: [process.execPath, "-e", script] as const } };
  await using flaky = new ProcessProvider({ images, restartBackOff });
  const events = flaky.events()[Symbol.asyncIterator]();
  await flaky.allocate({ image: "flaky", restartPolicy: { name: "always" }, readiness: ready });
  const types: string[] = [];
  while (types.at(-1) !== "ready") types.push((await events.next()).value.type);
  expect(types).toEqual([
    "created",
    "starting",
    "running",
    "stopped",
    "starting",
    "running",
    "ready",
  ]);
});

test("a server that ends well is started again by always, and ready is told again", async () => {
  await using provider = new ProcessProvider({ images: { game }, restartBackOff });
  const events = provider.events()[Symbol.asyncIterator]();
  const { id } = await provider.allocate({
    image: "game",
    restartPolicy: { name: "always" },
    readiness: ready,
  });
  await provider.sendCommand(id, "crash 0");
  const types: string[] = [];
  while (types.filter((type) => type === "ready").length < 2)
    types.push((await events.next()).value.type);
  expect(types.slice(4)).toEqual(["stopped", "starting", "running", "ready"]);
});
