import { linkDestination, type Manifest } from "@potassium/core-types";
import type { ManifestProblem } from "./manifest-problem.js";
import { isPrivatePath, privateFolder } from "./private-folder.js";

/** Finds entries that would reach into the updater's own folder. */
export function checkPrivatePaths(manifest: Manifest): readonly ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const { files, links = [], folders = [] } = manifest;
  for (const [index, entry] of files.entries()) {
    check(`files[${index}].path`, entry.path, entry.path);
    if (entry.action !== "add" || entry.copyFrom === undefined) continue;
    check(`files[${index}].copyFrom`, entry.path, entry.copyFrom);
  }
  for (const [index, entry] of links.entries()) {
    check(`links[${index}].path`, entry.path, entry.path);
    if (entry.action !== "add") continue;
    check(`links[${index}].target`, entry.path, linkDestination(entry.path, entry.target) ?? "");
  }
  for (const [index, { path }] of folders.entries()) check(`folders[${index}].path`, path, path);
  return problems;

  function check(field: string, path: string, reached: string): void {
    if (!isPrivatePath(reached)) return;
    const problem = `${JSON.stringify(reached)} is in the updater's own folder ${privateFolder}`;
    problems.push({ field, path, problem });
  }
}
