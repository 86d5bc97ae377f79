import { ManifestError } from "../manifest-error.js";
import type { BlockedPath, UpdatePlan } from "./update-plan.js";

/** More would say no more. */
const shownProblems = 100;

/** Refuses a plan that can't be applied. @throws the code of what is in the way, with all of it in `problems` */
export function expectUnblocked({ blocked, toVersion }: UpdatePlan): void {
  const [first] = blocked;
  if (first === undefined) return;
  const { code, message, path, expectedHash, foundHash } = first;
  const more = blocked.length > 1 ? ` (and ${blocked.length - 1} more)` : "";
  const problems = blocked
    .slice(0, shownProblems)
    .map((one) => ({ path: one.path, problem: `${one.message}${hashesOf(one)}` }));
  throw new ManifestError(code, `the update to ${toVersion} is refused: ${message}${more}`, {
    path: path === "" ? undefined : path,
    foundHash,
    expectedHash,
    problems,
  });
}

function hashesOf({ foundHash, expectedHash }: BlockedPath): string {
  const told = [
    foundHash === undefined ? "" : `it has the hash ${foundHash}`,
    expectedHash === undefined ? "" : `expected is ${expectedHash}`,
  ].filter((part) => part !== "");
  return told.length === 0 ? "" : ` (${told.join(", ")})`;
}
