import { type Manifest, relativePathProblem } from "@potassium/core-types";
import { foldPath } from "./fold-path.js";
import type { ManifestProblem } from "./manifest-problem.js";
import { isPrivatePath } from "./private-folder.js";
import { shippedFiles } from "./shipped-files.js";
import { TreeSide } from "./tree-side.js";

/** What stands in an update's folder beside the files that its manifest names. */
export const ownFiles = ["manifest.json", "manifest.json.sig", "keys.json", "keys.json.sig"];
const ownFolded = new Set(ownFiles.map(foldPath));

/**
 * Finds names of patches and whole files that can't all be in one folder on every system. Entries may
 * share a file, where they say the same of it.
 */
export function checkShippedFiles(manifest: Manifest): readonly ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const folder = new TreeSide();
  const known = new Map<string, string | undefined>();
  for (const [index, entry] of manifest.files.entries()) {
    for (const { field, file, hash } of shippedFiles(entry)) {
      const problem = problemOf(file, hash);
      if (problem === undefined) continue;
      const text = `the update's file ${JSON.stringify(file)} ${problem}`;
      problems.push({ field: `files[${index}].${field}`, path: entry.path, problem: text });
    }
  }
  return problems;

  function problemOf(file: string, hash: string | undefined): string | undefined {
    if (known.has(file)) {
      const other = known.get(file);
      if (hash === undefined || other === undefined || hash === other) return undefined;
      return "is said to have two different contents";
    }
    known.set(file, hash);
    // `new/` before a path may make it too long.
    const unsafe = relativePathProblem(file);
    if (unsafe !== undefined) return unsafe;
    if (ownFolded.has(foldPath(file))) return "has the name of a file of the manifest's own";
    if (isPrivatePath(file)) return "is in the updater's own folder";
    return folder.addLeaf(file);
  }
}
