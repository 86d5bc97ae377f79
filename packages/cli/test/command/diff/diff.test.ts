import { createHash } from "node:crypto";
import { appendFile, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { done } from "../../support/game.js";
import { runCommand } from "../../support/run-command.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = await temporaryFolder();
const at = (name: string) => join(folder, name);
const oldBytes = Buffer.from("lobby: 4 players\n".repeat(5000));
const newBytes = Buffer.concat([oldBytes.subarray(100), Buffer.from("and an end\n")]);

beforeAll(async () => {
  await writeFile(at("old"), oldBytes);
  await writeFile(at("new"), newBytes);
});

test("create makes a patch, inspect tells what it is, and apply makes the new file of it", async () => {
  const { patchBytes } = (await done(["diff", "create", at("old"), at("new"), at("patch")])) as {
    patchBytes: number;
  };
  expect((await stat(at("patch"))).size).toBe(patchBytes);
  expect(await done(["diff", "inspect", at("patch")])).toMatchObject({
    format: "HDIFF13",
    oldBytes: oldBytes.length,
    newBytes: newBytes.length,
  });
  await done(["diff", "apply", at("old"), at("patch"), at("made")]);
  expect(newBytes.equals(await readFile(at("made")))).toBe(true);
});

test("create passes effort, codec and threads on", async () => {
  const settings = ["--effort", "fast", "--codec", "zlib", "--threads", "1"];
  await done(["diff", "create", at("old"), at("new"), at("zlib"), ...settings]);
  const { stdout } = await runCommand(["diff", "inspect", at("zlib")]);
  expect(stdout).toMatch(/^compression +zlib$/m);
  expect(stdout).toMatch(/^covers +\d+ +\d+ +\d+ +\w+$/m);
});

test("apply compares the digests that it is given, and leaves no file where they differ", async () => {
  await done(["diff", "create", at("old"), at("new"), at("checked")]);
  const right = createHash("sha256").update(newBytes).digest("hex");
  const argv = ["diff", "apply", at("old"), at("checked"), at("made-2"), "--new-sha256"];
  const wrong = await runCommand([
    ...argv,
    right.replace(/^./, (digit) => (digit === "0" ? "1" : "0")),
  ]);
  expect(wrong.code).toBe(4);
  await expect(stat(at("made-2"))).rejects.toThrow("ENOENT");
  expect((await runCommand([...argv, right])).code).toBe(0);
});

test("a value that is no digest is refused by the option's name, with exit code 2", async () => {
  const argv = ["diff", "apply", at("old"), at("patch"), at("made-3"), "--old-sha256", "xyz"];
  const { code, stderr } = await runCommand(argv);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^potassium: --old-sha256: /);
});

test("apply refuses a patch that makes more than --max-new, with exit code 3", async () => {
  const argv = ["diff", "apply", at("old"), at("patch"), at("made-4"), "--max-new", "1kB"];
  expect((await runCommand(argv)).code).toBe(3);
});

test("an old file of another size is exit code 4, and advised about", async () => {
  const argv = ["diff", "apply", at("new"), at("patch"), at("made-7")];
  const { code, stderr } = await runCommand(argv);
  expect(code).toBe(4);
  expect(stderr).toMatch(
    / Give the old file that the patch was made from, or fetch the patch again\.\n$/,
  );
});

test("a damaged patch is exit code 4", async () => {
  const patch = await readFile(at("patch"));
  await writeFile(at("damaged"), patch.subarray(0, patch.length - 5));
  const { code } = await runCommand(["diff", "apply", at("old"), at("damaged"), at("made-5")]);
  expect(code).toBe(4);
});

test("smallest keeps the smallest of several, and says which it tried", async () => {
  const result = await done(["diff", "smallest", at("old"), at("new"), at("small")]);
  expect(result).toMatchObject({ outcome: "patch", algorithm: "hdiff" });
  await done(["diff", "apply", at("old"), at("small"), at("made-6")]);
  expect(newBytes.equals(await readFile(at("made-6")))).toBe(true);
});

test("folders are refused with exit code 2, and update build is named", async () => {
  for (const verb of ["create", "smallest"]) {
    const { code, stderr } = await runCommand(["diff", verb, folder, at("new"), at("none")]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${folder} is a folder: patches are of files; update build is for`);
  }
});

test("smallest writes nothing and ends with 3 where the file itself is smaller", async () => {
  await writeFile(at("tiny"), "x");
  const { code, stdout } = await runCommand([
    "diff",
    "smallest",
    at("old"),
    at("tiny"),
    at("none"),
  ]);
  expect(code).toBe(3);
  expect(stdout).toMatch(/^ship the whole file, 1 B: no patch is smaller\n/);
  await expect(stat(at("none"))).rejects.toThrow("ENOENT");
});

test("tools says what is not found, and --verbose where it was looked for", async () => {
  const argv = ["diff", "tools", "--hdiffz", at("nowhere"), "--hpatchz", at("nowhere")];
  const tools = await done(argv);
  expect(tools).toMatchObject({
    tools: [
      { found: false, name: "hdiffz", code: "ENGINE_UNAVAILABLE" },
      { found: false, name: "hpatchz", code: "ENGINE_UNAVAILABLE" },
    ],
  });
  expect((await runCommand(argv)).stdout).toContain(at("nowhere"));
});

// What stands for hdiffz and hpatchz tells a version as they do, and no more.
test.runIf(process.platform !== "win32")(
  "pin pins what is found, and tools tells when it is another",
  async () => {
    const programs: string[] = [];
    for (const name of ["hdiffz", "hpatchz"]) {
      await writeFile(at(name), `#!/bin/sh\necho HDiffPatch::${name} v4.12.1\n`, { mode: 0o755 });
      programs.push(`--${name}`, at(name));
    }
    const pins = ["--pins", at("pins.json")];
    await done(["diff", "tools", "pin", ...programs, "--file", at("pins.json")]);
    expect(await done(["diff", "tools", ...programs, ...pins])).toMatchObject({
      tools: [
        { found: true, name: "hdiffz", version: "4.12.1", pinned: true, source: "option" },
        { found: true, name: "hpatchz", version: "4.12.1", pinned: true },
      ],
    });
    await appendFile(at("hdiffz"), "# another\n");
    expect(await done(["diff", "tools", ...programs, ...pins])).toMatchObject({
      tools: [{ found: false, code: "HASH_MISMATCH" }, { found: true }],
    });
    const argv = ["diff", "create", at("old"), at("new"), at("by-tool"), "--by", "hdiffz"];
    expect((await runCommand([...argv, ...programs, ...pins])).code).toBe(4);
  },
);

test("pin without any program is exit code 7, and writes no file", async () => {
  const argv = [
    "diff",
    "tools",
    "pin",
    "hdiffz",
    "--hdiffz",
    at("nowhere"),
    "--file",
    at("no.json"),
  ];
  const { code, stderr } = await runCommand(argv);
  expect(code).toBe(7);
  expect(stderr.split("nowhere")).toHaveLength(2);
  await expect(stat(at("no.json"))).rejects.toThrow("ENOENT");
});

test("pin writes another platform's program into potassium.tools.json", async () => {
  const sha256 = "ab".repeat(32);
  const place = ["--file", at("tools.json"), "--platform", "win32-x64"];
  const argv = ["diff", "tools", "pin", "hdiffz", ...place];
  await done([...argv, "--tool-version", "4.12.1", "--sha256", sha256]);
  expect(JSON.parse(await readFile(at("tools.json"), "utf8"))).toEqual({
    platforms: { "win32-x64": { hdiffz: { version: "4.12.1", sha256 } } },
  });
  expect((await runCommand([...argv, "--sha256", sha256])).code).toBe(2);
  expect((await runCommand(argv)).code).toBe(2);
});
