// `npm run docs`: the API reference of all packages into docs/api; with --check it is only tried. A warning is an error.
import { existsSync } from "node:fs";
import { Application } from "typedoc";
import { publicPackages } from "../packages/workspace.ts";
import { root } from "../scripts/pnpm.mjs";
import { sourceOfEntry } from "./source-of-entry.ts";

const sources = new Map<string, string>();
for (const { folder, entries } of await publicPackages()) {
  for (const entry of entries) sources.set(sourceOfEntry(folder, entry), entry);
}
const missing = [...sources.keys()].filter((file) => !existsSync(file));
if (missing.length > 0) throw new Error(`entry points without sources: ${missing.join(", ")}`);

const app = await Application.bootstrap({
  name: "Potassium",
  entryPoints: [...sources.keys()],
  tsconfig: `${root}tooling/docs/tsconfig.json`,
  basePath: root,
  readme: "none",
  out: `${root}docs/api`,
  hideGenerator: true,
  // A link to a line of a commit would need a remote, and be another on each machine.
  disableSources: true,
  excludePrivate: true,
  excludeInternal: true,
  treatWarningsAsErrors: true,
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  // Not properties: each value of an enumeration would be one.
  requiredToBeDocumented: [
    "Class",
    "Enum",
    "Function",
    "Interface",
    "Method",
    "TypeAlias",
    "Variable",
  ],
});
const project = await app.convert();
if (project !== undefined) {
  for (const module of project.children ?? []) {
    module.name = sources.get(`${root}${module.name}/index.ts`) ?? module.name;
  }
  app.validate(project);
  if (!process.argv.includes("--check")) await app.generateOutputs(project);
}
if (project === undefined || app.logger.hasErrors() || app.logger.hasWarnings()) {
  process.exitCode = 1;
}
