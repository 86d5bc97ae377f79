import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { hdiff } from "@potassium/diff";
import {
  buildUpdate,
  currentFolder,
  folderSource,
  generateKeyPair,
  openUpdate,
  verifyInstall,
} from "@potassium/manifest";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keygen, release } from "../launcher/build-server.js";
import { openFileServer } from "../quickstart/file-server.js";
import { asarArchive } from "./asar-archive.js";

const rules = fileURLToPath(new URL("electron-rules.cjs", import.meta.url));
const without = { ELECTRON_WITHOUT_ORIGINAL_FS: "1" };
const versions = { "1.0.0": archiveOf("1.0.0"), "1.1.0": archiveOf("1.1.0") };
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "potassium-electron-test-"));
  for (const [version, archive] of Object.entries(versions)) {
    await mkdir(join(folder, "builds", version, "resources"), { recursive: true });
    await writeFile(join(folder, "builds", version, "resources", "app.asar"), archive);
    await writeFile(join(folder, "builds", version, "app.exe"), "the same in both\n");
  }
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function archiveOf(version: string): Buffer {
  const lines = Array.from({ length: 2000 }, (_, line) => `line ${line * 7919}`);
  return asarArchive({ "package.json": `{"version":"${version}"}`, "main.js": lines.join("\n") });
}

/** Runs a program of Node, or an example, as Electron would run it. */
async function runAsElectron(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly stdout: string; readonly stderr: string; readonly code: number }> {
  const options = { cwd: folder, env: { ...process.env, ...env }, timeout: 50_000 };
  const run = promisify(execFile)(process.execPath, ["--require", rules, ...args], options);
  return run.then(
    ({ stdout, stderr }) => ({ stdout, stderr, code: 0 }),
    ({ stdout, stderr, code }) => ({ stdout, stderr, code }),
  );
}

const example = (name: string): string =>
  fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));
const read = (...path: readonly string[]): Promise<Buffer> => readFile(join(folder, ...path));

test("the rules that these tests run under take an archive for a folder, unless it is asked for by original-fs", async () => {
  await writeFile(join(folder, "app.asar"), versions["1.0.0"]);
  const { stdout } = await runAsElectron([
    "--input-type=module",
    "--eval",
    `import * as fs from "node:fs/promises";
     import { createRequire } from "node:module";
     const original = createRequire("/")("original-fs").promises;
     const opened = await fs.open("app.asar", "r").catch(({ code }) => code);
     console.log((await fs.lstat("app.asar")).isDirectory(), await fs.readdir("app.asar"), opened);
     console.log((await original.lstat("app.asar")).isFile(), (await original.readFile("app.asar")).length);`,
  ]);
  const length = versions["1.0.0"].length;
  expect(stdout).toBe(`true [ 'package.json', 'main.js' ] ENOENT\ntrue ${length}\n`);
});

test("the manifest's example for Electron updates an archive, and with Electron's own fs it touches nothing", async () => {
  const { publicKey, privateKey } = generateKeyPair();
  await writeFile(join(folder, "release-key.pub"), publicKey);
  const builds = (version: string) => join(folder, "builds", version);
  await buildUpdate(builds("1.0.0"), builds("1.1.0"), join(folder, "update-1.1.0"), {
    ...{ engines: [hdiff], fromVersion: "1.0.0", toVersion: "1.1.0", sign: [privateKey] },
    fullDir: join(folder, "full-1.1.0"),
  });
  await cp(builds("1.0.0"), join(folder, "game"), { recursive: true });

  const refused = await runAsElectron([example("manifest-electron")], without);
  expect(refused.code, refused.stderr).toBe(1);
  expect(refused.stderr).toContain("app.asar");
  expect(await read("game", "resources", "app.asar")).toEqual(versions["1.0.0"]);

  const done = await runAsElectron([example("manifest-electron")]);
  expect(done, done.stderr).toMatchObject({ code: 0, stdout: "done\n" });
  const full = await openUpdate(folderSource(join(folder, "full-1.1.0")), {
    trust: { keys: [publicKey] },
  });
  expect(await verifyInstall(join(folder, "game"), full, { extra: true })).toMatchObject({
    ...{ ok: true, problems: [] },
  });
});

test("the diff package's example for Electron patches an archive, and with Electron's own fs makes nothing", async () => {
  await writeFile(join(folder, "app.asar"), versions["1.0.0"]);
  const patch = await hdiff.generateBytes(versions["1.0.0"], versions["1.1.0"]);
  await writeFile(join(folder, "patch.hdiff"), patch);
  const refused = await runAsElectron([example("diff-electron")], without);
  expect(refused.code, refused.stderr).toBe(1);
  expect(await readdir(folder)).not.toContain("app.asar.new");
  const done = await runAsElectron([example("diff-electron")]);
  expect(done, done.stderr).toMatchObject({ code: 0 });
  expect(await read("app.asar.new")).toEqual(versions["1.1.0"]);
});

test("the launcher in Electron installs, updates and repairs an application with an archive", async () => {
  const at = (name: string) => join(folder, name);
  const server = { keys: at("keys"), builds: at("builds"), site: at("site") };
  const publicKey = await keygen(server);
  await release(server, "1.0.0");
  await using web = await openFileServer(server.site);
  const launch = (env?: NodeJS.ProcessEnv) =>
    runAsElectron([example("launcher-electron"), at("player"), web.url, publicKey], env);
  const installed = async () => readFile(join(await currentFolder(at("player")), archive));
  const archive = join("resources", "app.asar");

  const first = await launch();
  expect(first.stdout, first.stderr).toMatch(
    /^nothing is installed\n1\.0\.0 is installed, by \d+ bytes\n$/,
  );
  expect(await installed()).toEqual(versions["1.0.0"]);

  await release(server, "1.1.0");
  const refused = await launch(without);
  expect(refused.code, refused.stdout).toBe(1);
  expect(await installed()).toEqual(versions["1.0.0"]);
  const second = await launch();
  expect(second.stdout, second.stderr).toMatch(
    /^1\.0\.0 is installed\n1\.1\.0 is installed, by \d+ bytes\n$/,
  );
  expect(await installed()).toEqual(versions["1.1.0"]);

  await writeFile(join(await currentFolder(at("player")), archive), versions["1.0.0"]);
  const third = await launch();
  expect(third.stdout, third.stderr).toMatch(
    /^1\.1\.0 is installed\nmodified resources\/app\.asar\nrepaired, by \d+ bytes\n$/,
  );
  expect(await installed()).toEqual(versions["1.1.0"]);
});
