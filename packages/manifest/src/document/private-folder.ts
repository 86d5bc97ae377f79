import { foldPath } from "./fold-path.js";

/** Where an updater keeps its journal, stage and backups, in the root of an installation. */
export const privateFolder = ".potassium";

const folded = foldPath(privateFolder);

/** Whether a path in a tree is the updater's own folder or below it, in any spelling that a system may take for it. */
export function isPrivatePath(path: string): boolean {
  const [first = ""] = path.split("/", 1);
  return foldPath(first) === folded;
}
