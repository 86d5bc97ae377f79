import { relativePathProblem } from "./relative-path.js";

/**
 * Where a symbolic link leads, by its text alone.
 *
 * @param path where the link is, as a path below the tree's root.
 * @param target what the link holds, relative to its own folder.
 * @returns a path below the root, "" for the root itself, or `undefined` where it leaves the tree.
 */
export function linkDestination(path: string, target: string): string | undefined {
  const place = path.split("/").slice(0, -1);
  for (const segment of target.split("/")) {
    if (segment === ".") continue;
    if (segment !== "..") place.push(segment);
    else if (place.pop() === undefined) return undefined;
  }
  return place.join("/");
}

/**
 * Why a symbolic link is refused, on every system: its target is relative, stays in the tree, and goes up
 * only at its start. After a name, `..` would be the parent of what that name leads to, which may be
 * another link and elsewhere.
 *
 * @returns `undefined` where the link is fine.
 */
export function linkTargetProblem(path: string, target: string): string | undefined {
  if (target === "") return "must not be empty";
  const segments = target.split("/").filter((segment) => segment !== ".");
  const firstName = segments.findIndex((segment) => segment !== "..");
  const names = firstName === -1 ? [] : segments.slice(firstName);
  if (names.length > 0) {
    const problem = relativePathProblem(names.join("/"));
    if (problem !== undefined) return problem;
  }
  if (linkDestination(path, target) === undefined) return "must not leave the tree";
  return undefined;
}
