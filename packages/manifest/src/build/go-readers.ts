import { ManifestError, type PathProblem } from "../manifest-error.js";
import type { FileChange, TreeChanges } from "../tree/compare-trees.js";
import { byPath, type Tree } from "../tree/tree-index.js";
import type { NamedShipment } from "./shipping-job.js";

/**
 * The same changes for readers that know but of patches, of whole files at `new/<path>` and of deletions, and do one
 * entry after another: what was moved or copied, or may be run now, is shipped; deletions come first, lest one takes
 * what was added under a name that differs in case.
 */
export function changesForGo(changes: TreeChanges): TreeChanges {
  const files = changes.files.map(shipped);
  const isDeleted = ({ kind }: FileChange) => kind === "deleted";
  return Object.freeze({
    ...changes,
    files: Object.freeze([
      ...files.filter(isDeleted),
      ...files.filter((change) => !isDeleted(change)),
    ]),
  });
}

function shipped(change: FileChange): FileChange {
  const { file } = change;
  const old = "old" in change ? change.old : undefined;
  if (change.kind === "deleted") return change;
  return old === undefined ? { kind: "added", file } : { kind: "changed", file, old };
}

/**
 * Refuses trees that the Go library's readers would not make: they make no links, and remove no folders.
 *
 * @throws `UNSAFE_PLACE` with all paths in `problems`
 */
export function expectTreesForGo(before: Tree, after: Tree): void {
  const links = new Set([...before.links, ...after.links].map(({ path }) => path));
  const folders = new Set(before.folders);
  const problems: PathProblem[] = [...links].map((path) => ({ path, problem: "is a link" }));
  for (const { path } of after.files) {
    if (!folders.has(path)) continue;
    problems.push({ path, problem: "is a file in the place of a folder" });
  }
  const [first] = problems.sort(byPath);
  if (first !== undefined) throw notForGo(first, problems);
}

/** A whole file is where they look for it. @throws `UNSAFE_PLACE` */
export function expectNameForGo(path: string, { kind, name }: NamedShipment): void {
  if (kind === "patch" || name === `new/${path}`) return;
  throw notForGo({ path, problem: "is too long a path to be shipped under new/" });
}

function notForGo(first: PathProblem, problems: readonly PathProblem[] = [first]): ManifestError {
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  const message = `the Go library's readers can't make this version: ${JSON.stringify(first.path)} ${first.problem}${more}`;
  return new ManifestError("UNSAFE_PLACE", message, { path: first.path, problems });
}
