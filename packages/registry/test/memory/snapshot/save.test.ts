import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Registry } from "../../../src/index.js";
import { writeWholeFile } from "../../../src/memory/snapshot/write-whole-file.js";
import { sampleRegistry } from "./sample-registry.js";

let folder = "";
const path = () => join(folder, "registry.snapshot");

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "potassium-snapshot-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a process that is killed while it saves leaves a whole snapshot, at whatever moment", async () => {
  const program = fileURLToPath(new URL("save-forever.ts", import.meta.url));
  for (const delayMs of [0, 3, 7, 13]) {
    const child = spawn(process.execPath, ["--import", "tsx", program, path()], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [saved] = await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    expect(String(saved)).toContain("saved");
    // Not to wait for something: to hit the work at different moments.
    await setTimeout(delayMs);
    child.kill("SIGKILL");
    await once(child, "exit");
    const restored = await Registry.restore(path());
    expect(restored.list()).toHaveLength(2_003);
  }
});

test("saves at once don't mix: each file is whole, and the last save stays", async () => {
  const registry = await sampleRegistry();
  const saves = Array.from({ length: 20 }, (_, players) => {
    registry.update("z", { players });
    return registry.saveSnapshot(path());
  });
  registry.update("z", { players: 99 });
  const last = registry.saveSnapshot(path());
  await Promise.all([...saves, last]);
  expect((await Registry.restore(path())).get("z")?.players).toBe(99);
  expect(await readdir(folder)).toEqual(["registry.snapshot"]);
});

test("a registry that changes while it is saved is saved as it was", async () => {
  const registry = new Registry();
  for (let index = 0; index < 3_000; index += 1) {
    registry.register({ id: `s-${index}`, type: "game", host: "10.0.0.1", port: 1 });
  }
  const before = registry.list();
  const saving = registry.saveSnapshot(path());
  await setTimeout();
  for (const { id } of before) registry.update(id, { players: 5 });
  registry.unregister("s-2999");
  await saving;
  expect((await Registry.restore(path())).list()).toStrictEqual(before);
});

test("a save into a folder that isn't there is IO_ERROR, and leaves nothing", async () => {
  const registry = await sampleRegistry();
  const nowhere = join(folder, "nowhere", "registry.snapshot");
  await expect(registry.saveSnapshot(nowhere)).rejects.toMatchObject({ code: "IO_ERROR" });
  expect(existsSync(join(folder, "nowhere"))).toBe(false);
  await registry.saveSnapshot(path());
});

test("a save that can't take the file's place is IO_ERROR, and takes away what it made", async () => {
  const registry = await sampleRegistry();
  await mkdir(path());
  await expect(registry.saveSnapshot(path())).rejects.toMatchObject({ code: "IO_ERROR" });
  expect(await readdir(folder)).toEqual(["registry.snapshot"]);
});

test("a failure half-way leaves the old file and nothing else", async () => {
  const registry = await sampleRegistry();
  await registry.saveSnapshot(path());
  const before = await readFile(path());
  const failure = new Error("no space left");
  function* failing() {
    yield "a piece\n";
    throw failure;
  }
  await expect(writeWholeFile(path(), failing(), {})).rejects.toBe(failure);
  expect(await readdir(folder)).toEqual(["registry.snapshot"]);
  expect(await readFile(path())).toEqual(before);
});

test("an aborted save rejects with the reason, and leaves the old file and nothing else", async () => {
  const registry = new Registry();
  await registry.saveSnapshot(path());
  const before = await readFile(path());
  for (let index = 0; index < 3_000; index += 1) {
    registry.register({ id: `s-${index}`, type: "game", host: "10.0.0.1", port: 1 });
  }
  const reason = new Error("enough");
  const controller = new AbortController();
  const saving = registry.saveSnapshot(path(), { signal: controller.signal });
  await setTimeout();
  controller.abort(reason);
  await expect(saving).rejects.toBe(reason);
  expect(await readdir(folder)).toEqual(["registry.snapshot"]);
  expect(await readFile(path())).toEqual(before);
  await registry.saveSnapshot(path());
});

test.skipIf(process.platform === "win32")(
  "a disk that takes no more is IO_ERROR, and leaves the old file and nothing else",
  async () => {
    const registry = await sampleRegistry();
    await registry.saveSnapshot(path());
    const before = await readFile(path());
    const program = fileURLToPath(new URL("save-once.ts", import.meta.url));
    // The shell's limit on the size of files stands for the disk's.
    const child = spawn(
      "sh",
      ["-c", 'ulimit -f 64; exec "$0" "$@"', process.execPath, "--import", "tsx", program, path()],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const [output] = await Promise.all([text(child.stdout), once(child, "exit")]);
    expect(output).toBe("IO_ERROR\n");
    expect(await readdir(folder)).toEqual(["registry.snapshot"]);
    expect(await readFile(path())).toEqual(before);
  },
);
