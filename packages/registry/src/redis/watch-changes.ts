import { backOffMs, delay, hasErrorCode, type RegistryChange } from "@potassium/core-types";
import { badResponse } from "./connection/namespace.js";
import { logKey } from "./script/keys.js";
import { scripts } from "./script/script.js";
import type { Store } from "./stored/store.js";
import { listTag } from "./stored/tags.js";

/** How long the log outlives the last look of a watch. */
const attentionMs = 60_000;
/** Somebody has to look whether something is due, though nothing else happens. */
const longestBlockMs = 1000;
const entriesAtOnce = 100;

/** What a look finds: the present version, and when something is due. */
interface Attention {
  readonly revision: number;
  readonly dueInMs: number;
}

/** A change, and the version of the one before it. */
interface LogEntry {
  readonly after: number;
  /** The version up to which has been read with it. */
  readonly version: number;
  /** Left out for the log's beginning. */
  readonly change?: RegistryChange;
}

export async function attend(store: Store, signal: AbortSignal): Promise<Attention> {
  const args = [attentionMs, 0, ""];
  const [, revision, dueInMs = ""] = await store.namespace.run(scripts.attend, args, { signal });
  return {
    revision: Number(revision),
    dueInMs: dueInMs === "" ? Number.POSITIVE_INFINITY : Number(dueInMs),
  };
}

/**
 * The changes after a version, as they come; a resync where one of them is no longer kept, or Redis has lost its data.
 *
 * @param start the version after which to begin.
 */
export async function* watchChanges(
  store: Store,
  start: Promise<number>,
  signal: AbortSignal,
): AsyncGenerator<RegistryChange, void, undefined> {
  let cursor = await start;
  // It waits inside Redis, which would hold up every other command.
  const reader = store.namespace.connection.another();
  try {
    let attention = await attend(store, signal);
    // A version that this registry hasn't come to belongs to another life of it.
    let missed = cursor > attention.revision;
    for (let failures = 0; ; ) {
      try {
        if (missed) {
          const resync = await readAll(store, signal);
          missed = false;
          cursor = resync.version;
          yield resync;
        }
        const blockMs = Math.max(1, Math.ceil(Math.min(longestBlockMs, attention.dueInMs)));
        for (const entry of await readLog(store, reader, cursor, blockMs, signal)) {
          missed = entry.after > cursor;
          if (missed) break;
          cursor = entry.version;
          if (entry.change !== undefined) yield entry.change;
        }
        attention = await attend(store, signal);
        missed ||= cursor > attention.revision;
        failures = 0;
      } catch (error) {
        // It goes on where it was: nothing that is kept is missed by waiting.
        if (signal.aborted || !hasErrorCode(error, "UNAVAILABLE", "TIMEOUT")) throw error;
        failures += 1;
        await delay(backOffMs(failures, { maxMs: 2000 }), { signal });
      }
    }
  } finally {
    reader.close();
  }
}

async function readAll(store: Store, signal: AbortSignal) {
  const args = [attentionMs, 1, listTag(undefined, undefined)];
  const answer = await store.namespace.run(scripts.attend, args, { signal });
  const [, revision, , ...entries] = answer;
  const servers = Object.freeze(entries.map((text) => store.entry(text).server));
  return Object.freeze({ kind: "resync" as const, version: Number(revision), servers });
}

async function readLog(
  store: Store,
  reader: Store["namespace"]["connection"],
  cursor: number,
  blockMs: number,
  signal: AbortSignal,
): Promise<readonly LogEntry[]> {
  const command = ["XREAD", "COUNT", String(entriesAtOnce), "BLOCK", String(blockMs)];
  const from = ["STREAMS", logKey(store.namespace.keys), `${cursor}-18446744073709551615`];
  const answer = await reader.send([...command, ...from], { signal, isRepeatable: true, blockMs });
  if (answer === null) return [];
  try {
    const [[, entries]] = answer as [[string, [string, string[]][]]];
    return entries.map(([id, fields]) => toLogEntry(store, id, fields));
  } catch (cause) {
    throw badResponse(reader, "a log of changes", cause);
  }
}

function toLogEntry(store: Store, streamId: string, fields: readonly string[]): LogEntry {
  const version = Number.parseInt(streamId, 10);
  const [, kind, , afterText, , id = "", , detail = ""] = fields;
  const after = Number(afterText);
  if (kind === "registered" || kind === "updated") {
    const { server } = store.entry(detail);
    return { after, version, change: Object.freeze({ kind, version, server }) };
  }
  if (kind === "removed" && (detail === "unregistered" || detail === "expired")) {
    return { after, version, change: Object.freeze({ kind, version, id, reason: detail }) };
  }
  if (kind !== "began") throw new TypeError(`a change of an unknown kind: ${kind}`);
  return { after, version };
}
