// `npm run bench -- <suite>`: measures beside the peers, in one run; a package's suite is its bench/<suite>.bench.ts.
import { existsSync, readdirSync } from "node:fs";
import { pnpm, root } from "./pnpm.mjs";
import { run } from "./run.mjs";
import { setup } from "./setup.mjs";

/** @type {Map<string, string>} the file of each suite */
const suites = new Map([
  ["startup", "tooling/bench/startup.ts"],
  ["update", "bench/update.bench.ts"],
]);
for (const name of readdirSync(`${root}packages`)) {
  const folder = `packages/${name}/bench`;
  if (!existsSync(`${root}${folder}`)) continue;
  for (const file of readdirSync(`${root}${folder}`)) {
    if (file.endsWith(".bench.ts")) suites.set(file.replace(".bench.ts", ""), `${folder}/${file}`);
  }
}

const [suite = "", ...rest] = process.argv.slice(2);
const file = suites.get(suite);
if (file === undefined) {
  console.error(
    `usage: npm run bench -- <suite>\n\nsuites: ${[...suites.keys()].sort().join(", ")}`,
  );
  process.exit(2);
}
await setup();
const [program, args, options] = pnpm("exec", "tsx", file, ...rest);
process.exitCode = await run(program, args, options);
