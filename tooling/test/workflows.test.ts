import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../scripts/pnpm.mjs";

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = `${root}.github/workflows`;
const workflows = new Map(
  readdirSync(folder).map((name): [string, Workflow] => [
    name,
    parse(readFileSync(`${folder}/${name}`, "utf8")),
  ]),
);
const jobs = [...workflows.values()].flatMap(({ jobs }) => Object.entries(jobs));
const steps = jobs.flatMap(([, { steps }]) => steps);
const packageJsons = ["", ...readdirSync(`${root}packages`).map((name) => `packages/${name}/`)].map(
  (folder) => JSON.parse(readFileSync(`${root}${folder}package.json`, "utf8")),
);

test("every action of a workflow is pinned by its commit", () => {
  const actions = steps.flatMap(({ uses }) => uses ?? []);
  expect(actions.length).toBeGreaterThan(0);
  for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
});

test("a workflow may read, and the one job that publishes may write and sign", () => {
  for (const { permissions } of workflows.values())
    expect(permissions).toEqual({ contents: "read" });
  const more = jobs.filter(([, { permissions }]) => permissions !== undefined);
  expect(Object.fromEntries(more.map(([name, { permissions }]) => [name, permissions]))).toEqual({
    release: { contents: "write", "pull-requests": "write", "id-token": "write" },
  });
});

test("CI runs on three systems, from the oldest Node that the packages allow to the newest", () => {
  const matrix = workflows.get("ci.yml")?.jobs["test"]?.strategy?.matrix;
  const systems = matrix?.["system"]?.map((system) => system.replace(/-.*/, ""));
  expect(systems).toEqual(["ubuntu", "macos", "windows"]);
  const [oldest = "", ...newer] = matrix?.["node"] ?? [];
  for (const { engines } of packageJsons)
    expect(engines.node).toBe(`>=${oldest.replace(/\.0$/, "")}`);
  expect(newer).toEqual(["22", "24", "26"]);
});

test("a workflow runs only scripts that package.json has", () => {
  const scripts = steps.flatMap(({ run = "" }) => [...run.matchAll(/npm run ([\w-]+)/g)]);
  expect(scripts.map(([, name]) => name)).toEqual(
    expect.arrayContaining(["audit", "sbom", "docs"]),
  );
  for (const [, name = ""] of scripts) expect(Object.keys(packageJsons[0].scripts)).toContain(name);
});
