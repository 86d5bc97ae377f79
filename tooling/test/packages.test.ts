import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadEntries, typeProblems, writeConsumer } from "../packages/consumer.ts";
import { foreignPackages } from "../packages/foreign-packages.ts";
import { type Installation, installAlone } from "../packages/install.ts";
import { installByPnpm } from "../packages/install-by-pnpm.ts";
import { packAll } from "../packages/tarball.ts";
import { publicPackages } from "../packages/workspace.ts";
import { root } from "../scripts/pnpm.mjs";
import { runQuietly } from "../scripts/run.mjs";
import { runTool } from "../scripts/run-tool.mjs";

const packages = await publicPackages();
let tarballs: ReadonlyMap<string, string> = new Map();
const summary: string[] = [];
/** A program that uses each package, in the project of its own that pnpm made. */
const consumers: string[] = [];
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "potassium-packages-"));
  tarballs = await packAll(folder);
}, 120_000);

afterAll(async () => {
  console.log(["Installed alone:", ...summary.toSorted()].join("\n  "));
  await rm(folder, { recursive: true, force: true });
});

async function expectToPass(tool: string, ...args: string[]): Promise<void> {
  const { code, output } = await runTool(tool, ...args);
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
    await expectToPass("publint", "run", "--strict", tarball);
    await expectToPass("attw", tarball, "--profile", "esm-only", "--no-emoji");
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

  test("is installed alone by pnpm, where nothing is found that is not declared, and works", async () => {
    const installation = await installByPnpm(name, tarballs, join(folder, "pnpm", name));
    const { ours, foreign } = sorted("pnpm", name, installation);
    expect(ours).toEqual(expected());
    expectNoStranger(foreign);
    await expectToWork(installation.folder);
    consumers.push(await writeConsumer(installation.folder, entries));
  }, 180_000);
});

test("each has types for a strict consumer, in its declarations and in those that they name", async () => {
  expect(consumers).toHaveLength(packages.length);
  expect(await typeProblems(folder, consumers)).toBe("");
}, 120_000);
