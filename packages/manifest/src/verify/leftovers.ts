import type { Before, NetChange, NetChanges } from "../plan/net-change.js";
import type { Journal, JournalEntry } from "../transaction/journal.js";

/**
 * What an update that can't be recovered may have left: files that it added, or should have taken away. The
 * journal tells their hashes, so that only what is of the game goes, where the version that is repaired has none.
 */
export function leftoversOf({ entries, mkdirs, rmdirs }: Journal): NetChanges {
  const changes = entries.map((entry): NetChange => {
    return { path: entry.path, before: lastOf(entry), after: { kind: "absent" } };
  });
  const folders = [...mkdirs, ...rmdirs].map((path) => ({ path, action: "delete" }) as const);
  return { changes, folders };
}

function lastOf({ before, after }: JournalEntry): Before {
  const last = after.kind === "absent" ? before : after;
  return last.kind === "file" ? { kind: "file", hash: last.hash } : last;
}
