import { ManifestError } from "../manifest-error.js";
import type { Passage } from "./course.js";
import { type SeenState, sameContent, sameState, shownState } from "./path-state.js";

/** Whether a path is where it should be. The bit alone may differ where the file system keeps none. */
export function isDone(seen: SeenState, passage: Passage): boolean {
  const { from, to, becomesFolder } = passage;
  if (becomesFolder && seen.kind === "folder") return to.kind === "absent";
  if (sameState(from, to)) return sameContent(seen, to);
  return sameContent(from, to) ? sameState(seen, to) : sameContent(seen, to);
}

export function conflict({ path, from, to }: Passage, seen: SeenState): ManifestError {
  const wanted = to.kind === "file" || to.kind === "link" ? ` nor ${shownState(to)}` : "";
  const message = `${path} is ${shownState(seen)}, neither ${shownState(from)}${wanted}: it is left as it is`;
  return new ManifestError("CONFLICT", message, {
    path,
    foundHash: seen.kind === "file" ? seen.hash : undefined,
    expectedHash: from.kind === "file" ? from.hash : undefined,
  });
}
