import { execFile } from "node:child_process";
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { hdiff } from "@potassium/diff";
import {
  buildUpdate,
  folderSource,
  installedVersion,
  loadManifest,
  openUpdate,
  verifyInstall,
} from "@potassium/manifest";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openFileServer } from "../quickstart/file-server.js";

/** Each version's files. */
const trees: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "1.0.0": { "game.exe": gameOf("1.0.0"), "old.pak": "gone in 1.1\n", "lobby.map": "small\n" },
  "1.1.0": {
    "game.exe": gameOf("1.1.0"),
    "lobby.map": "large\n",
    "build.log": "not for players\n",
  },
  "1.2.0": { "game.exe": gameOf("1.2.0"), "lobby.map": "large\n", "night.map": "dark\n" },
};
let built = "";
let folder = "";

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), "potassium-example-"));
  for (const [version, files] of Object.entries(trees)) {
    await mkdir(join(built, version));
    for (const [path, text] of Object.entries(files)) {
      await writeFile(join(built, version, path), text);
    }
  }
  expect(await run("keys", built)).toMatch(/^[0-9a-f]{16} signs from now on\n$/);
  expect(await run("build", built)).toMatch(/^\d+ bytes instead of \d+\n$/);
  const release = {
    engines: [hdiff],
    toVersion: "1.2.0",
    sequence: 3,
    sign: [await readFile(join(built, "release-key.pem"), "utf8")],
  };
  const [old, now] = [join(built, "1.1.0"), join(built, "1.2.0")];
  await buildUpdate(old, now, join(built, "update-1.2.0"), {
    ...release,
    fromVersion: "1.1.0",
    ignore: ["*.log"],
    fullDir: join(built, "full-1.2.0"),
  });
});

afterAll(() => rm(built, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "potassium-example-"));
  await cp(built, folder, { recursive: true });
  await cp(join(built, "1.0.0"), join(folder, "game"), { recursive: true });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program that grows with nothing but its version: so a patch of it is small. */
function gameOf(version: string): string {
  const lines = Array.from({ length: 2000 }, (_, line) => `line ${line * 7919}`);
  return [version, ...lines, version].join("\n");
}

/** Runs an example of the README in a folder with its files, to its end, and gives its output. */
async function run(name: string, cwd = folder, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const program = fileURLToPath(new URL(`../dist/manifest-${name}.js`, import.meta.url));
  const options = { cwd, timeout: 50_000, env: { ...process.env, ...env } };
  return (await promisify(execFile)(process.execPath, [program], options)).stdout;
}

async function expectInstalled(version: string, root = "game"): Promise<void> {
  const full = await openUpdate(folderSource(join(built, `full-${version}`)), {
    trust: { keys: [await readFile(join(built, "release-key.pub"), "utf8")] },
  });
  const report = await verifyInstall(join(folder, root), full, { extra: true });
  expect(report.problems).toEqual([]);
  expect((await installedVersion(join(folder, root)))?.version).toBe(version);
}

test("the build server's example leaves out what is ignored, and ships a patch that is smaller than its file", async () => {
  const { files } = await loadManifest(join(built, "full-1.1.0", "manifest.json"));
  expect(files.map(({ path }) => path)).toEqual(["game.exe", "lobby.map"]);
  const update = await loadManifest(join(built, "update-1.1.0", "manifest.json"));
  const game = update.files.find(({ path }) => path === "game.exe");
  expect(game).toMatchObject({ action: "patch", algorithm: "hdiff" });
});

test("the player's example fetches, plans and applies an update by HTTP", async () => {
  await using cdn = await openFileServer(folder);
  const output = await run("update", folder, { SKYWARS_CDN: cdn.url });
  expect(output).toMatch(/^\d+ bytes to fetch, \d+ more of the disk\n/);
  expect(output).toContain("1.1.0 is installed: 2 files written, 1 deleted");
  await expectInstalled("1.1.0");
});

test("the example of a chain applies two updates as one, and tells how far it is", async () => {
  const output = await run("chain");
  expect(output).toContain("commit game.exe");
  expect(output).toContain("1.2.0 is installed, by the way chain");
  await expectInstalled("1.2.0");
});

test("the example of a chain says which file a player has changed, and touches nothing", async () => {
  await appendFile(join(folder, "game", "game.exe"), "a mod");
  expect(await run("chain")).toContain("game.exe is not the file that the update is for");
  expect(await readFile(join(folder, "game", "lobby.map"), "utf8")).toBe("small\n");
});

test("the example of versioned folders installs, updates and comes back", async () => {
  const output = await run("versioned");
  const place = /^1\.2\.0 is in (.+)$/m.exec(output)?.[1] ?? "";
  expect(dirname(place).endsWith(join("games", "versions"))).toBe(true);
  expect(await readFile(join(place, "night.map"), "utf8")).toBe("dark\n");
  expect(output).toContain("1.1.0 is the current one again");
});

test("the example of a repair makes anew what was damaged, and nothing else", async () => {
  await run("electron");
  await writeFile(join(folder, "game", "lobby.map"), "broken\n");
  await writeFile(join(folder, "game", "notes.txt"), "mine\n");
  const output = await run("repair");
  expect(output).toContain("modified: lobby.map\nextra: notes.txt\n1 files made anew");
  expect(await readFile(join(folder, "game", "notes.txt"), "utf8")).toBe("mine\n");
  await rm(join(folder, "game", "notes.txt"));
  await expectInstalled("1.1.0");
});

test("the example for Electron updates by the file system that it is given", async () => {
  expect(await run("electron")).toBe("done\n");
  await expectInstalled("1.1.0");
});

test("the example of a rotation ends with the new key alone", async () => {
  const keyId = /^([0-9a-f]{16}) signs from now on\n$/.exec(await run("rotate"))?.[1];
  expect(keyId).toBeDefined();
  const trust = JSON.parse(await readFile(join(folder, "trust.json"), "utf8"));
  expect(trust).toMatchObject({ threshold: 1, sequence: 1 });
  const old = await readFile(join(folder, "release-key.pub"), "utf8");
  expect(trust.keys).toHaveLength(1);
  expect(trust.keys).not.toContain(old);
});

test("the example of a manifest that is written by hand has the Go library's fields", async () => {
  expect(await run("by-hand")).toBe("2 files from 1.0.0 to 1.1.0\n");
  const { files, ...head } = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  expect(Object.keys(head)).toEqual(["from_version", "to_version", "created"]);
  expect(files[1]).toEqual({ path: "old.pak", action: "delete" });
});
