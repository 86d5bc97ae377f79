import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type BuildServer, keygen, release } from "../launcher/build-server.js";
import { Launcher } from "../launcher/player.js";
import { ProgressDisplay } from "../launcher/progress-display.js";
import { openFileServer } from "../quickstart/file-server.js";

let folder = "";
let server: BuildServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "potassium-launcher-test-"));
  const at = (name: string) => join(folder, name);
  server = { keys: at("keys"), builds: at("builds"), site: at("site") };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Builds versions of a game that is one file, and releases them. */
async function releaseAll(...versions: readonly string[]): Promise<void> {
  for (const version of versions) {
    const lines = Array.from({ length: 500 }, (_, line) => `line ${line * 7919}`);
    await mkdir(join(server.builds, version), { recursive: true });
    await writeFile(join(server.builds, version, "game.txt"), [version, ...lines].join("\n"));
    await release(server, version);
  }
}

test("the launcher's example verifies every step, and leaves nothing", async () => {
  const program = fileURLToPath(new URL("../dist/launcher.js", import.meta.url));
  const env = { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder };
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env });
  for (const text of [
    "1.0 is installed: every file is as signed, and the game answers",
    "a launcher that trusts another key takes nothing of it",
    "] download 2260 of 2260 bytes",
    "found: modified data/level.pak, missing licence.txt",
    "repaired, by 395288 bytes; the game answers as 1.1",
    "1.0 is back at once, and answers",
    "Done: every step was verified.",
  ]) {
    expect(stdout).toContain(text);
  }
  expect((await readdir(folder)).filter((name) => name.includes("quickstart"))).toEqual([]);
}, 120_000);

test.skipIf(process.platform === "win32")(
  "the launcher's example ends by Ctrl-C with 130, and leaves nothing",
  async () => {
    const program = fileURLToPath(new URL("../dist/launcher.js", import.meta.url));
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(process.execPath, [program], { env, stdio: ["ignore", "pipe", "ignore"] });
    const ended = once(child, "close");
    await once(child.stdout, "data");
    child.kill("SIGINT");
    child.stdout.resume();
    expect(await ended).toEqual([130, null]);
    expect((await readdir(folder)).filter((name) => name.includes("quickstart"))).toEqual([]);
  },
);

test("a launcher that has missed releases takes their updates as one", async () => {
  const publicKey = await keygen(server);
  await releaseAll("1.0");
  await using web = await openFileServer(server.site);
  const launcher = new Launcher({ root: join(folder, "player"), url: web.url, publicKey });
  await (await launcher.look())?.apply();
  await releaseAll("1.1", "1.2", "1.3");
  const update = await launcher.look();
  expect(update).toMatchObject({ version: "1.3", plan: { fromVersion: "1.0", route: "chain" } });
  expect(await update?.apply()).toMatchObject({ toVersion: "1.3" });
  const game = await readFile(join(await launcher.gameFolder(), "game.txt"), "utf8");
  expect(game).toMatch(/^1\.3\n/);
  expect(await launcher.look()).toBeUndefined();
});

test("a list of releases that somebody has changed is refused, and nothing is installed", async () => {
  const publicKey = await keygen(server);
  await releaseAll("1.0", "1.1");
  const list = join(server.site, "releases.json");
  await writeFile(list, (await readFile(list, "utf8")).replace('"1.1"', '"1.9"'));
  await using web = await openFileServer(server.site);
  const launcher = new Launcher({ root: join(folder, "player"), url: web.url, publicKey });
  await expect(launcher.look()).rejects.toMatchObject({ code: "BAD_SIGNATURE" });
  expect(await launcher.start()).toBeUndefined();
});

test("an old release under a new name is refused, by what is signed in it", async () => {
  const publicKey = await keygen(server);
  await releaseAll("1.0", "1.1");
  await cp(join(server.site, "full-1.0"), join(server.site, "full-1.1"), { recursive: true });
  await using web = await openFileServer(server.site);
  const launcher = new Launcher({ root: join(folder, "player"), url: web.url, publicKey });
  await expect(launcher.look()).rejects.toThrow("full-1.1 has version 1.0");
});

test("keygen keeps the keys that are there, which launchers trust", async () => {
  const publicKey = await keygen(server);
  await expect(keygen(server)).rejects.toMatchObject({ code: "EEXIST" });
  expect(await readFile(join(server.keys, "release-key.pub"), "utf8")).toBe(publicKey);
});

test("the display draws a bar in a terminal, and elsewhere a line for each phase that has ended", () => {
  const show = (isTTY: boolean) => {
    let text = "";
    const write = (piece: string) => {
      text += piece;
    };
    const display = new ProgressDisplay({ isTTY, write });
    const about = { phase: "download", path: "game.exe", totalBytes: 8 } as const;
    for (const doneBytes of [0, 4, 8, 8]) display.show({ ...about, doneBytes });
    display.show({ phase: "verify", path: "game.exe", donePaths: 0, totalPaths: 0 });
    return text;
  };
  const full = `[${"#".repeat(24)}]`;
  const half = `[${"#".repeat(12)}${" ".repeat(12)}]`;
  expect(show(false)).toBe(`${full} download 8 of 8 bytes\n${full} verify 0 of 0 paths\n`);
  expect(show(true)).toContain(`\r${half} download 4 of 8 bytes\u001b[K\r${full} download 8 of 8`);
});
