import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { publicPackages } from "../../packages/workspace.ts";
import { root } from "../../scripts/pnpm.mjs";
import { runTool } from "../../scripts/run-tool.mjs";

const folder = `${root}.changeset`;

/** Packages that are named by a changeset. */
const named = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .flatMap((name) => {
    const [, front = ""] = readFileSync(`${folder}/${name}`, "utf8").split(/^---$/m);
    return Object.keys(parse(front));
  });

test("every package is released, or has a changeset by which it will be", async () => {
  for (const { name, folder } of await publicPackages()) {
    const { version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    if (version === "0.0.0") expect(named).toContain(name);
  }
});

test("packages have versions of their own and are public", () => {
  const config = JSON.parse(readFileSync(`${folder}/config.json`, "utf8"));
  expect(config).toMatchObject({ access: "public", fixed: [], linked: [] });
});

test("changesets takes its settings and all changesets", async () => {
  // It once refused the settings, which nobody saw: nothing had asked it.
  const { output } = await runTool("changeset", "status", "--since=HEAD");
  // The second: everything is released, and a change to a package waits for its changeset.
  expect(output).toMatch(/packages to be bumped|no changesets were found/i);
});
