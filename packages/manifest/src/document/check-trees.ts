import type { Manifest } from "@potassium/core-types";
import type { ManifestProblem } from "./manifest-problem.js";
import { TreeSide } from "./tree-side.js";

/**
 * Finds entries that contradict each other: a path that is listed twice, paths that are one on a system
 * which tells no case apart, files where folders are needed. What the old version had and what the new one
 * has are looked at apart, so that a file may become a link or a folder, and a name may change its case.
 */
export function checkTrees(manifest: Manifest): readonly ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const [before, after] = [new TreeSide(), new TreeSide()];
  const { files, links = [], folders = [] } = manifest;

  forEachPath("files", files, (entry) => [
    entry.oldHash !== undefined || entry.action === "delete"
      ? before.addLeaf(entry.path)
      : undefined,
    entry.action === "delete" ? undefined : after.addLeaf(entry.path),
  ]);
  forEachPath("links", links, (entry) => [
    entry.oldTarget !== undefined || entry.action === "delete"
      ? before.addLeaf(entry.path)
      : undefined,
    entry.action === "delete" ? undefined : after.addLeaf(entry.path),
  ]);
  forEachPath("folders", folders, ({ action, path }) => [
    action === "delete" ? before.addFolder(path) : after.addFolder(path),
  ]);
  // Now that all that is to be there is known.
  for (const [index, { action, path }] of folders.entries()) {
    if (action === "add" || !after.hasFolder(path)) continue;
    add(`folders[${index}].path`, path, "is deleted, but another path needs this folder");
  }
  return problems;

  function forEachPath<Entry extends { readonly path: string }>(
    list: string,
    entries: readonly Entry[],
    find: (entry: Entry) => readonly (string | undefined)[],
  ): void {
    const seen = new Set<string>();
    for (const [index, entry] of entries.entries()) {
      const { path } = entry;
      const field = `${list}[${index}].path`;
      if (seen.has(path)) add(field, path, "is listed twice");
      else {
        seen.add(path);
        const problem = find(entry).find((found) => found !== undefined);
        if (problem !== undefined) add(field, path, problem);
      }
    }
  }

  function add(field: string, path: string, problem: string): void {
    problems.push({ field, path, problem: `${JSON.stringify(path)} ${problem}` });
  }
}
