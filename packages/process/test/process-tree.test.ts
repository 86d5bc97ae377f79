import { ProcessProvider } from "@potassium/process";
import { expect, test } from "vitest";
import { game, ready, writtenPid } from "./game.js";
import { waitUntil, waitUntilGone } from "./wait-until.js";

const request = { image: "game", command: ["tree", "say ready", "wait"], readiness: ready };

// Only Linux tells the environment of other processes, by which those in other sessions are found.
test.runIf(process.platform === "linux")(
  "deallocate() kills a child and a grandchild in sessions of their own that ignore SIGTERM",
  async () => {
    await using provider = new ProcessProvider({ images: { game } });
    const { id } = await provider.allocate({ ...request, stop: { graceMs: 200 } });
    const pids = [
      await writtenPid(provider, id, "child"),
      await writtenPid(provider, id, "grandchild"),
    ];
    await provider.deallocate(id);
    for (const pid of pids) await waitUntilGone(pid);
  },
);

test.runIf(process.platform === "linux")(
  "what a server that crashes leaves running is killed",
  async () => {
    await using provider = new ProcessProvider({ images: { game } });
    const { id } = await provider.allocate(request);
    const pids = [
      await writtenPid(provider, id, "child"),
      await writtenPid(provider, id, "grandchild"),
    ];
    await provider.sendCommand(id, "crash 7");
    for (const pid of pids) await waitUntilGone(pid);
    const status = await waitUntil("its end", async () => {
      const found = (await provider.get(id))?.status;
      return found?.state === "stopped" && found;
    });
    expect(status.exitCode).toBe(7);
  },
);

test.runIf(process.platform === "linux")("stats() counts the whole tree", async () => {
  await using provider = new ProcessProvider({ images: { game } });
  const alone = await provider.allocate({ image: "game", readiness: ready });
  const family = await provider.allocate(request);
  await writtenPid(provider, family.id, "grandchild");
  const [one, three] = [await provider.stats(alone.id), await provider.stats(family.id)];
  expect(three.memoryBytes).toBeGreaterThan(2 * one.memoryBytes);
  expect(three.pids).toBeGreaterThan(2 * (one.pids ?? 0));
});

test("exec() that is aborted kills what the command has started", async () => {
  await using provider = new ProcessProvider({ images: { game } });
  const { id } = await provider.allocate({ image: "game", readiness: ready });
  const [program = "", script = ""] = game.command;
  const controller = new AbortController();
  const tree = ["tree", "wait"];
  const call = provider.exec(id, [program, script, ...tree], { signal: controller.signal });
  controller.abort(new Error("enough"));
  await expect(call).rejects.toThrow("enough");
  expect((await provider.get(id))?.status.state).toBe("running");
});

test("a server behind a shell script gets the signal, and its grace time, after the script has ended", async () => {
  const [program = "", script = ""] = game.command;
  const line = `${program} ${script} "say ready" wait; true`;
  await using provider = new ProcessProvider({ images: { game: { command: ["sh", "-c", line] } } });
  const { id } = await provider.allocate({ image: "game", readiness: ready });
  const texts: string[] = [];
  const reading = (async () => {
    for await (const { text } of provider.followLogs(id)) texts.push(text);
  })();
  await provider.deallocate(id);
  await reading;
  expect(texts).toEqual(["ready", "saving", "saved"]);
});
