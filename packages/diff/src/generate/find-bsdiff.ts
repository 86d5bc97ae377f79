import { createRequire } from "node:module";
import { PatchError } from "@potassium/core-types";
import { findProgramFile } from "../find-program-file.js";

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

/** The built program of the child process. @throws `ENGINE_UNAVAILABLE` where the package was bundled without it */
export const findBsdiffChild = (): string => findProgramFile("bsdiff-child.js");
