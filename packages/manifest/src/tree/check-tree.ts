import { linkDestination, linkTargetProblem } from "@potassium/core-types";
import { isPrivatePath, privateFolder } from "../document/private-folder.js";
import { TreeSide } from "../document/tree-side.js";
import type { PathProblem } from "../manifest-error.js";
import type { Tree, TreeLink } from "./tree-index.js";

/** Finds what cannot stand side by side on every system, and links that lead elsewhere. */
export function checkTree({ files, links, folders }: Tree): readonly PathProblem[] {
  const problems: PathProblem[] = [];
  const side = new TreeSide();
  const add = (path: string, problem: string | undefined) => {
    if (problem !== undefined) problems.push({ path, problem });
  };
  for (const path of folders) add(path, side.addFolder(path));
  for (const { path } of files) add(path, side.addLeaf(path));
  for (const link of links) {
    add(link.path, side.addLeaf(link.path));
    add(link.path, linkProblem(link));
  }
  return problems;
}

function linkProblem({ path, target }: TreeLink): string | undefined {
  const problem = linkTargetProblem(path, target);
  if (problem !== undefined) return `links to ${JSON.stringify(target)}, which ${problem}`;
  if (!isPrivatePath(linkDestination(path, target) ?? "")) return undefined;
  return `links into the updater's own folder ${privateFolder}`;
}
