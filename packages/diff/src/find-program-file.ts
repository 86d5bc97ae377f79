import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PatchError } from "@potassium/core-types";

/**
 * A built program of this package's own, by its file name: all of the package is built into one folder. Beside the
 * sources there is none that Node can run, so tests on them take the built one.
 *
 * @throws `ENGINE_UNAVAILABLE` where the package was bundled without it
 */
export function findProgramFile(name: string): string {
  const beside = fileURLToPath(new URL(`./${name}`, import.meta.url));
  const built = fileURLToPath(new URL(`../dist/${name}`, import.meta.url));
  const found = [beside, built].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new PatchError(
    "ENGINE_UNAVAILABLE",
    `the program ${beside} is missing: copy it from @potassium/diff/dist when you bundle, or use engine "tool"`,
  );
}
