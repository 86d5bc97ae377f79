// `npm run raise-versions`: turns the changesets into versions and changelogs. A part of the release workflow.
import { pnpm } from "./pnpm.mjs";
import { run } from "./run.mjs";

// The lock file stays as it is: packages depend on each other by `workspace:`.
for (const words of [
  ["install", "--frozen-lockfile"],
  ["exec", "changeset", "version"],
  // changeset writes JSON in its own way.
  ["exec", "biome", "format", "--write", "."],
]) {
  const code = await run(...pnpm(...words));
  if (code !== 0) process.exit(code);
}
