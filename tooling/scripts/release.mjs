// `npm run release`: publishes every package whose version is not on the registry. A part of the release workflow.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { withRepository } from "../release/with-repository.mjs";
import { pnpm, root } from "./pnpm.mjs";
import { run } from "./run.mjs";
import { setup } from "./setup.mjs";

const repository = process.env.GITHUB_REPOSITORY;
if (repository === undefined) {
  console.error(
    "npm run release publishes, and is for the release workflow: GITHUB_REPOSITORY is not set",
  );
  process.exit(2);
}
await setup();
for (const name of await readdir(`${root}packages`)) {
  const file = `${root}packages/${name}/package.json`;
  const json = await readFile(file, "utf8");
  await writeFile(file, withRepository(json, repository, `packages/${name}`));
}
process.exitCode = await run(...pnpm("exec", "changeset", "publish"));
