import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ProcessProvider } from "@potassium/process";
import { expect, test } from "vitest";
import { game, ready } from "./game.js";
import { temporaryFolder } from "./temporary-folder.js";
import { waitUntil } from "./wait-until.js";

const images = { game };

test("deallocate() ends an allocate() of the same server that still waits for readiness", async () => {
  await using provider = new ProcessProvider({ images });
  const call = provider.allocate({
    image: "game",
    name: "slow",
    command: ["wait"],
    readiness: ready,
  });
  call.catch(() => {});
  await waitUntil(
    "the server",
    async () => (await provider.get("slow"))?.status.state === "running",
  );
  await provider.deallocate("slow");
  await expect(call).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await provider.list()).toEqual([]);
});

test("deallocate() ends a restart() that is under way", async () => {
  await using provider = new ProcessProvider({ images });
  const { id } = await provider.allocate({ image: "game", readiness: ready });
  const restarts = Promise.allSettled([provider.restart(id), provider.restart(id)]);
  await provider.deallocate(id);
  for (const outcome of await restarts) {
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "NOT_FOUND" } });
  }
  expect(await provider.list()).toEqual([]);
});

test("restarts at once are done one after another", async () => {
  await using provider = new ProcessProvider({ images });
  const { id } = await provider.allocate({ image: "game", readiness: ready });
  await Promise.all([provider.restart(id), provider.restart(id), provider.restart(id)]);
  const texts = (await provider.logs(id)).map(({ text }) => text);
  expect(texts).toEqual(["ready", ...Array(3).fill(["saving", "saved", "ready"]).flat()]);
});

test("disposing during an allocate() ends it with DISPOSED and leaves nothing behind", async () => {
  const provider = new ProcessProvider({ images });
  const events = provider.events();
  const call = provider.allocate({
    image: "game",
    name: "slow",
    command: ["wait"],
    readiness: ready,
  });
  call.catch(() => {});
  await waitUntil(
    "the server",
    async () => (await provider.get("slow"))?.status.state === "running",
  );
  await provider[Symbol.asyncDispose]();
  await expect(call).rejects.toMatchObject({ code: "DISPOSED" });
  const types: string[] = [];
  for await (const { type } of events) types.push(type);
  expect(types.at(-1)).toBe("removed");
});

test("disposing stops the servers by their stop policy and removes them", async () => {
  const provider = new ProcessProvider({ images });
  const events = provider.events();
  await provider.allocate({ image: "game", readiness: ready });
  await provider[Symbol.asyncDispose]();
  const types: string[] = [];
  for await (const event of events) {
    types.push(event.type === "stopped" ? `stopped ${event.exitCode}` : event.type);
  }
  expect(types).toEqual([
    "created",
    "starting",
    "running",
    "ready",
    "stopping",
    "stopped 0",
    "removed",
  ]);
});

test("a server gets what it needs of the owner's environment, and none of its secrets", async () => {
  process.env["ORCHESTRATOR_TOKEN"] = "secret";
  try {
    const code = "console.log(JSON.stringify(process.env)); setInterval(() => {}, 60000)";
    const shown = {
      command: [process.execPath, "-e", code],
      environment: { FROM: "image", MODE: "image" },
    };
    await using provider = new ProcessProvider({ images: { shown } });
    const { id, name, ports } = await provider.allocate({
      image: "shown",
      ports: [{ container: 1, protocol: "udp", name: "game" }],
      environment: { MODE: "request" },
    });
    const line = await waitUntil("its line", async () => (await provider.logs(id))[0]);
    const environment = JSON.parse(line.text);
    expect(environment).toMatchObject({
      PATH: process.env["PATH"],
      SERVER_ID: name,
      SERVER_HOST: "127.0.0.1",
      SERVER_PORT: String(ports[0]?.host),
      PORT_GAME: String(ports[0]?.host),
      FROM: "image",
      MODE: "request",
    });
    expect(environment).not.toHaveProperty("ORCHESTRATOR_TOKEN");
  } finally {
    delete process.env["ORCHESTRATOR_TOKEN"];
  }
});

test("a program that is missing or may not be run is START_FAILED, and says so", async () => {
  await using folder = await temporaryFolder();
  const plain = join(folder.path, "plain");
  writeFileSync(plain, "no program", { mode: 0o644 });
  await using provider = new ProcessProvider({
    images: {
      missing: { command: ["/no/such/program"] },
      forbidden: { command: [plain] },
      nowhere: { command: ["node"], workingDirectory: "/no/such/folder" },
    },
  });
  for (const [image, text] of [
    ["missing", 'there is no program "/no/such/program"'],
    ["forbidden", `"${plain}" may not be executed`],
    ["nowhere", 'there is no folder "/no/such/folder"'],
  ] as const) {
    await expect(provider.allocate({ image })).rejects.toMatchObject({
      code: "START_FAILED",
      message: expect.stringContaining(text),
    });
  }
  expect(await provider.list()).toEqual([]);
});

test("a server that does not read its console makes the caller wait, and then be refused", async () => {
  const deaf = {
    command: [process.execPath, "-e", "console.log('ready'); setInterval(() => {}, 60000)"],
  };
  await using provider = new ProcessProvider({ images: { deaf } });
  const { id } = await provider.allocate({ image: "deaf", readiness: ready });
  const line = "x".repeat(65_000);
  const calls = Array.from({ length: 40 }, () => provider.sendCommand(id, line));
  await expect(Promise.all(calls)).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining("does not read its console"),
  });
  const rest = Promise.allSettled(calls);
  await provider.deallocate(id);
  await rest;
});
