import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installAlone } from "../packages/install.ts";
import { pack } from "../packages/tarball.ts";
import { publicPackages } from "../packages/workspace.ts";
import { pnpm, root } from "../scripts/pnpm.mjs";
import { runQuietly } from "../scripts/run.mjs";

const execute = promisify(execFile);
const packages = await publicPackages();
const tarballs = new Map<string, string>();
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "potassium-packages-"));
  for (const target of packages) tarballs.set(target.name, await pack(target, folder));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function tool(...args: string[]): Promise<void> {
  const [program, words, options] = pnpm("exec", ...args);
  const { code, output } = await runQuietly(program, words, { ...options, cwd: root });
  expect(code, output).toBe(0);
}

describe.each(packages)("the tarball of $name", ({ name, dependencies, entries }) => {
  test("is well-formed for every consumer: publint and attw find nothing", async () => {
    const tarball = tarballs.get(name) ?? "";
    await tool("publint", "run", "--strict", tarball);
    await tool("attw", tarball, "--profile", "esm-only", "--no-emoji");
  });

  test("is installed alone from nothing but the registry, and each entry is imported and required", async () => {
    const needed = [name, ...dependencies].flatMap((dependency) => tarballs.get(dependency) ?? []);
    const installation = await installAlone(needed, join(folder, "consumer", name));
    const ours = installation.packages.filter((installed) => installed.startsWith("@potassium/"));
    expect(new Set(ours)).toEqual(new Set([name, "@potassium/core-types"]));
    for (const entry of entries) {
      const program = `const module = await import(${JSON.stringify(entry)});
        const { createRequire } = await import("node:module");
        const required = createRequire(process.cwd() + "/consumer.js")(${JSON.stringify(entry)});
        console.log(Object.keys(module).length, Object.keys(required).length);`;
      const { stdout } = await execute(process.execPath, ["--input-type=module", "-e", program], {
        cwd: installation.folder,
      });
      const [imported, required] = stdout.trim().split(" ").map(Number);
      expect(imported, entry).toBeGreaterThan(0);
      expect(required, entry).toBe(imported);
    }
    // npm compiles bsdiff-node for the one that brings it.
  }, 180_000);
});
