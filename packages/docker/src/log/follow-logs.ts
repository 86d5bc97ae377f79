import {
  backOffMs,
  delay,
  hasErrorCode,
  type LogLine,
  type LogOptions,
} from "@potassium/core-types";
import * as z from "zod/mini";
import type { Connection } from "../engine/connection.js";
import { isFailure } from "../engine/engine-failure.js";
import { containerPath } from "../engine/engine-request.js";
import { LogCursor } from "./log-cursor.js";
import type { LogFollowers } from "./log-followers.js";
import { isBefore, wholeSeconds } from "./moment.js";
import { openLog } from "./open-log.js";
import { readLogs } from "./read-logs.js";

export interface FollowOptions extends LogOptions {
  /** So many lines from `since` on are known already. */
  readonly skip?: number | undefined;
  /** Whom a removal waits for. */
  readonly followers?: LogFollowers | undefined;
}

/** As {@link followLogBatches}, line by line. */
export async function* followLogs(
  connection: Connection,
  id: string,
  options: FollowOptions = {},
): AsyncGenerator<LogLine> {
  for await (const lines of followLogBatches(connection, id, options)) yield* lines;
}

/**
 * The lines of a container's log so far and from now on, those that come together at once. The engine's own
 * stream ends when the container does; this one waits for the next start and goes on behind what it gave,
 * until the container is gone. An engine that can't be reached any more is tried again with back-off.
 */
export async function* followLogBatches(
  connection: Connection,
  id: string,
  options: FollowOptions = {},
): AsyncGenerator<readonly LogLine[]> {
  const { since, signal } = options;
  const cursor = new LogCursor(options.skip);
  if (options.tail !== undefined) {
    const lines = await recentLines(connection, id, options.tail, signal);
    for (const line of lines) cursor.isNew(line);
    const wanted = lines.filter(({ time }) => since === undefined || !isBefore(time, since));
    yield wanted.slice(Math.max(0, wanted.length - options.tail));
  }
  for (let failures = 0; ; ) {
    try {
      const started = await startOf(connection, id, signal);
      if (started === undefined) return;
      for await (const lines of readStart(connection, id, cursor, options)) {
        failures = 0;
        yield lines;
      }
      if (!(await nextStart(connection, id, started, signal))) return;
      failures = 0;
    } catch (error) {
      signal?.throwIfAborted();
      if (isFailure(error, 404)) return;
      if (!isUnreachable(error)) throw error;
      failures += 1;
      await delay(backOffMs(failures, { minMs: 50, maxMs: 5000 }), { signal });
    }
  }
}

/** What is new in the log until the container ends. */
async function* readStart(
  connection: Connection,
  id: string,
  cursor: LogCursor,
  { since, signal, followers }: FollowOptions,
): AsyncGenerator<readonly LogLine[]> {
  const isNew = (line: LogLine) =>
    (since === undefined || !isBefore(line.time, since)) && cursor.isNew(line);
  const leave = followers?.enter(id);
  try {
    // A followed log may end or break off before its end, so what it left is read behind it.
    for (const follow of [true, false]) {
      const window = { signal, follow, sinceSeconds: cursor.resume() ?? wholeSeconds(since) };
      try {
        for await (const lines of openLog(connection, id, window)) {
          const fresh = lines.filter(isNew);
          if (fresh.length > 0) yield fresh;
        }
      } catch (error) {
        signal?.throwIfAborted();
        if (!follow || !isUnreachable(error)) throw error;
      }
      signal?.throwIfAborted();
    }
  } finally {
    leave?.();
  }
}

/** Whether the engine may answer another time. */
function isUnreachable(error: unknown): boolean {
  return hasErrorCode(error, "UNAVAILABLE") || hasErrorCode(error, "TIMEOUT");
}

/** At least the last `count` lines, with all of the last line's second among them, by which reading goes on. */
async function recentLines(
  connection: Connection,
  id: string,
  count: number,
  signal: AbortSignal | undefined,
) {
  const tail = Math.max(count, 1000);
  const lines = await readLogs(connection, id, { tail, signal });
  const sameSecond = lines[0]?.time.slice(0, 19) === lines.at(-1)?.time.slice(0, 19);
  return lines.length >= tail && sameSecond ? readLogs(connection, id, { signal }) : lines;
}

const Start = z.object({ State: z.object({ StartedAt: z.string(), Running: z.boolean() }) });

async function startOf(connection: Connection, id: string, signal: AbortSignal | undefined) {
  try {
    return (
      await connection.client.json(
        { method: "GET", path: containerPath(id, "/json"), signal },
        Start,
      )
    ).State;
  } catch (error) {
    if (isFailure(error, 404)) return undefined;
    throw error;
  }
}

/** Waits until the container runs in another start than that; false where it is gone. */
async function nextStart(
  connection: Connection,
  id: string,
  last: { readonly StartedAt: string },
  signal: AbortSignal | undefined,
): Promise<boolean> {
  for (;;) {
    const now = await startOf(connection, id, signal);
    if (now === undefined) return false;
    if (now.Running || now.StartedAt !== last.StartedAt) return true;
    await delay(250, { signal });
  }
}
