import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { PatchError } from "@potassium/core-types";

/** What to do where bsdiff-node is there and does not work: npm and pnpm may have left it uncompiled. */
export const rebuildBsdiff =
  'install a C++ compiler and Python and run "npm rebuild bsdiff-node" (with pnpm first "pnpm approve-builds"), ' +
  'or use engine "tool"';

/** npm removes an optional dependency whose compilation failed, so there may be nothing to rebuild. */
const installBsdiff =
  'install a C++ compiler and Python and run "npm install bsdiff-node", or "npm rebuild bsdiff-node" where it was ' +
  'left uncompiled, or use engine "tool"';

/**
 * The entry file of bsdiff-node, without loading it.
 *
 * @throws `ENGINE_UNAVAILABLE` where it is not installed
 */
export function findBsdiffNode(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new PatchError("ENGINE_UNAVAILABLE", `${name} is not installed: ${installBsdiff}`, {
      cause,
    });
  }
}

/**
 * The built program of the child process: all of the package is built into one folder. Beside the sources
 * there is none that Node can run, so tests on them take the built one.
 *
 * @throws `ENGINE_UNAVAILABLE` where the package was bundled without it
 */
export function findBsdiffChild(): string {
  const beside = fileURLToPath(new URL("./bsdiff-child.js", import.meta.url));
  const built = fileURLToPath(new URL("../../dist/bsdiff-child.js", import.meta.url));
  const found = [beside, built].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new PatchError(
    "ENGINE_UNAVAILABLE",
    `the program ${beside} is missing: copy it from @potassium/diff when you bundle, or use engine "tool"`,
  );
}
