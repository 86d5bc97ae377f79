import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, stat, utimes } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bsdiff, hdiff } from "@potassium/diff";
import { hasBsdiff } from "@potassium/tooling/engines";
import { afterEach, beforeEach, expect, test } from "vitest";

const files = fileURLToPath(new URL("../diff/files", import.meta.url));
const diffPackage = createRequire(import.meta.url).resolve("@potassium/diff");
const hdiffz = process.env["POTASSIUM_HDIFFZ"] || undefined;
if (hdiffz === undefined) console.warn("SKIPPED: no hdiffz: set POTASSIUM_HDIFFZ to its path");
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "potassium-example-"));
  // patch.hdiff was made by hdiffz 4.12.1 with -m-6 -c-zlib -p-1.
  await cp(files, folder, { recursive: true });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs an example of the README in a folder with its files, to its end, and gives its output. */
async function run(name: string, path = ""): Promise<string> {
  const program = fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));
  const options = { cwd: folder, timeout: 50_000, env: { ...process.env, PATH: path } };
  return (await promisify(execFile)(process.execPath, [program], options)).stdout;
}

const read = (name: string): Promise<Buffer> => readFile(join(folder, name));

test.skipIf(!hasBsdiff(diffPackage))(
  "the diff package's example makes a patch and applies it, on files and on bytes",
  async () => {
    const [old, wanted] = [await read("old.bin"), await read("new.bin")];
    await utimes(join(folder, "new.bin"), 0, 0);
    expect(await run("diff")).toMatch(/^1900 bytes by a patch of \d+: true\n$/);
    for (const engine of [bsdiff, hdiff]) {
      const made = await engine.applyBytes(old, await read(`patch.${engine.algorithm}`));
      expect(Buffer.from(made)).toEqual(wanted);
    }
    expect(await read("new.bin")).toEqual(wanted);
    expect((await stat(join(folder, "new.bin"))).mtimeMs, "it was made anew").toBeGreaterThan(0);
  },
);

test("the example of an application tells what the patch is and how far it is, and checks digests", async () => {
  const wanted = await read("new.bin");
  await rm(join(folder, "new.bin"));
  const output = await run("diff-apply");
  expect(output).toContain("HDIFF13, compressed by zlib, makes 8080 bytes");
  expect(output).toContain("hash: 8192 of 8192 bytes");
  expect(output).toContain("apply: 8080 of 8080 bytes");
  expect(await read("new.bin")).toEqual(wanted);
});

test("the example of an application takes a file that a player has changed for a reason to fetch it whole", async () => {
  await cp(join(folder, "new.bin"), join(folder, "old.bin"));
  await rm(join(folder, "new.bin"));
  expect(await run("diff-apply")).toContain("old.bin has the SHA-256 digest 9b9150a1");
  await expect(read("new.bin")).rejects.toThrow("ENOENT");
});

test("the example of the smallest patch says what it would take, and makes one that hdiff applies", async () => {
  const output = await run("diff-smallest");
  expect(output).toMatch(
    /^8 GiB would take about \d+ MB, and \d+ threads\na patch of \d+ bytes, for/,
  );
  const made = await hdiff.applyBytes(await read("old.bin"), await read("small.hdiff"));
  expect(Buffer.from(made)).toEqual(await read("new.bin"));
});

test("the example of the tools says where it looked for hdiffz where there is none", async () => {
  expect(await run("diff-tools")).toMatch(/^there is no hdiffz here; tried .*bin/);
});

test.skipIf(hdiffz === undefined)(
  "the example of the tools pins hdiffz and makes patches with the pinned one",
  async () => {
    const output = await run("diff-tools", [dirname(hdiffz ?? ""), "/none"].join(delimiter));
    expect(output).toMatch(/^hdiffz \d\S+ is pinned: [0-9a-f]{64}\nsmall.hdiff has \d+ bytes\n$/);
    const old = await read("old.bin");
    for (const name of ["patch.hdiff", "small.hdiff"]) {
      const made = await hdiff.applyBytes(old, await read(name));
      expect(Buffer.from(made), name).toEqual(await read("new.bin"));
    }
  },
);

test("the example for Electron writes by the file system that it is given", async () => {
  await cp(join(folder, "old.bin"), join(folder, "app.asar"));
  await run("diff-electron");
  expect(await read("app.asar.new")).toEqual(await read("new.bin"));
});
