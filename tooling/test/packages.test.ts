import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadEntries, typeProblems } from "../packages/consumer.ts";
import { foreignPackages } from "../packages/foreign-packages.ts";
import { type Installation, installAlone } from "../packages/install.ts";
import { installByPnpm } from "../packages/install-by-pnpm.ts";
import { pack } from "../packages/tarball.ts";
import { publicPackages } from "../packages/workspace.ts";
import { root } from "../scripts/pnpm.mjs";
import { runQuietly } from "../scripts/run.mjs";

const packages = await publicPackages();
const tarballs = new Map<string, string>();
const summary: string[] = [];
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "potassium-packages-"));
  for (const target of packages) tarballs.set(target.name, await pack(target, folder));
}, 120_000);

afterAll(async () => {
  console.log(["Installed alone:", ...summary.toSorted()].join("\n  "));
  await rm(folder, { recursive: true, force: true });
});

async function tool(name: string, ...args: string[]): Promise<void> {
  const shell = process.platform === "win32";
  const { code, output } = await runQuietly(`${root}node_modules/.bin/${name}`, args, { shell });
  expect(code, output).toBe(0);
}

/** Notes what it takes, and gives what of it is ours and what is not. */
function sorted(manager: string, name: string, { packages, sizeBytes }: Installation) {
  const size = `${Math.round(sizeBytes / 1000).toLocaleString("en")} kB`;
  const count = `${packages.length} package${packages.length === 1 ? "" : "s"}`;
  summary.push(`${name} by ${manager}: ${size} in ${count}`);
  const isOurs = (name: string) => name.startsWith("@potassium/");
  const foreign = packages.filter((name) => !isOurs(name));
  return { ours: new Set(packages.filter(isOurs)), foreign };
}

describe.each(packages)("the tarball of $name", ({ name, dependencies, entries, programs }) => {
  // The command is made of all the others; a part brings the contracts and no sibling.
  const expected = () =>
    new Set(name === "@potassium/cli" ? tarballs.keys() : [name, "@potassium/core-types"]);

  function expectNoStranger(foreign: readonly string[]) {
    const known = foreignPackages[name] ?? [];
    const strangers = foreign.filter((name) => !known.some((pattern) => pattern.test(name)));
    expect(strangers, "packages that tooling/packages/foreign-packages.ts does not name").toEqual(
      [],
    );
  }

  async function expectToWork(folder: string) {
    for (const { entry, imported, required } of await loadEntries(folder, entries)) {
      expect(imported, entry).toBeGreaterThan(0);
      expect(required, entry).toBe(imported);
    }
    for (const program of programs) {
      const words = ["exec", "--offline", "--", program, "--help"];
      const { code, output } = await runQuietly("npm", words, {
        cwd: folder,
        shell: process.platform === "win32",
      });
      expect(code, output).toBe(0);
    }
  }

  test("is well-formed for every consumer: publint and attw find nothing", async () => {
    const tarball = tarballs.get(name) ?? "";
    await tool("publint", "run", "--strict", tarball);
    await tool("attw", tarball, "--profile", "esm-only", "--no-emoji");
  });

  test("is installed alone by npm from nothing but the registry, brings the license and no sibling, and works", async () => {
    const needed = [name, ...dependencies].flatMap((dependency) => tarballs.get(dependency) ?? []);
    const installation = await installAlone(needed, join(folder, "npm", name));
    const { ours, foreign } = sorted("npm", name, installation);
    expect(ours).toEqual(expected());
    expectNoStranger(foreign);
    const brought = join(installation.folder, "node_modules", name, "LICENSE");
    expect(await readFile(brought, "utf8")).toBe(await readFile(`${root}LICENSE`, "utf8"));
    await expectToWork(installation.folder);
    // npm compiles bsdiff-node for the one that brings it.
  }, 180_000);

  test("is installed alone by pnpm, where nothing is found that is not declared, works and has types for a strict consumer", async () => {
    const installation = await installByPnpm(name, tarballs, join(folder, "pnpm", name));
    const { ours, foreign } = sorted("pnpm", name, installation);
    expect(ours).toEqual(expected());
    expectNoStranger(foreign);
    await expectToWork(installation.folder);
    expect(await typeProblems(installation.folder, entries)).toBe("");
  }, 180_000);
});
