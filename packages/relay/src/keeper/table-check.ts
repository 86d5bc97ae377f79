import type { RouteTable } from "@potassium/core-types";
import type { KeptEntry } from "./kept-entry.js";

/** What a look at the relay's table says about the entries. */
export interface TableCheck {
  /** The relay has what is wanted. */
  readonly right: readonly KeptEntry[];
  /** It has something else: to be sent, once more where it was sent before. */
  readonly wrong: readonly KeptEntry[];
  /** Deleted, and the relay is without our route. */
  readonly gone: readonly KeptEntry[];
  /** Of the wrong: the relay had them and has them no more. */
  readonly lost: readonly KeptEntry[];
  /** Whether the relay has none of the routes that it had. */
  readonly lostAll: boolean;
  /** Left out: the table says nothing of them. */
  readonly unknown: readonly KeptEntry[];
  /** Of the wrong: somebody else changed them. */
  readonly changed: readonly { readonly entry: KeptEntry; readonly found: string }[];
}

/**
 * Compares the table with what is wanted.
 *
 * @param since a mark from before the table was asked for. An entry with a call since then is left out:
 *   the table may be older or newer than that call.
 */
export function checkTable(
  entries: Iterable<KeptEntry>,
  table: RouteTable,
  since: number,
): TableCheck {
  const right: KeptEntry[] = [];
  const wrong: KeptEntry[] = [];
  const gone: KeptEntry[] = [];
  const lost: KeptEntry[] = [];
  const unknown: KeptEntry[] = [];
  const changed: { entry: KeptEntry; found: string }[] = [];
  let present = 0;
  for (const entry of entries) {
    if (entry.isRunning || entry.touched > since) {
      unknown.push(entry);
      continue;
    }
    const { playerIp, wanted, state } = entry;
    const found = Object.hasOwn(table, playerIp) ? table[playerIp] : undefined;
    if (wanted === undefined) {
      // A backend that we never sent is another's route by now: not ours to delete.
      const isOurs = found !== undefined && entry.sent.has(found);
      (isOurs ? wrong : gone).push(entry);
      continue;
    }
    if (found !== undefined && state === "applied") present += 1;
    if (found === wanted) {
      right.push(entry);
      continue;
    }
    wrong.push(entry);
    if (state !== "applied") continue;
    if (found === undefined) lost.push(entry);
    else if (!entry.sent.has(found)) changed.push({ entry, found });
  }
  return { right, wrong, gone, lost, lostAll: lost.length > 0 && present === 0, unknown, changed };
}
