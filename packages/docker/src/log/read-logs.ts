import {
  type AbortOptions,
  delay,
  type LogLine,
  type LogOptions,
  type LogsOptions,
} from "@potassium/core-types";
import * as z from "zod";
import type { Connection } from "../engine/connection.js";
import { isFailure } from "../engine/engine-failure.js";
import { containerPath } from "../engine/engine-request.js";
import { frames } from "./frames.js";
import { LogCursor } from "./log-cursor.js";
import type { LogFollowers } from "./log-followers.js";
import { stampedLines } from "./stamped-lines.js";

interface Window extends AbortOptions {
  readonly follow: boolean;
  readonly tail?: number | undefined;
  /** Whole seconds: engines keep finer times to themselves, or have none. */
  readonly sinceSeconds?: number | undefined;
}

/** The lines of a container's log so far. */
export async function readLogs(
  connection: Connection,
  id: string,
  options: LogsOptions = {},
): Promise<readonly LogLine[]> {
  const { since, until, tail, signal } = options;
  // With bounds, the tail is taken here: engines count it before they look at the times.
  const bounded = since !== undefined || until !== undefined;
  const lines: LogLine[] = [];
  const window = {
    follow: false,
    signal,
    tail: bounded ? undefined : tail,
    sinceSeconds: seconds(since),
  };
  for await (const line of openLog(connection, id, window)) {
    if (since !== undefined && isBefore(line.time, since)) continue;
    if (until !== undefined && !isBefore(line.time, until)) continue;
    lines.push(line);
  }
  return Object.freeze(tail === undefined ? lines : lines.slice(Math.max(0, lines.length - tail)));
}

export interface FollowOptions extends LogOptions {
  /** So many lines from `since` on are known already. */
  readonly skip?: number | undefined;
  /** Whom a removal waits for. */
  readonly followers?: LogFollowers | undefined;
}

/**
 * The lines of a container's log so far and from now on. The engine's own stream ends when the container
 * does; this one waits for the next start and goes on behind what it gave, until the container is gone.
 */
export async function* followLogs(
  connection: Connection,
  id: string,
  options: FollowOptions = {},
): AsyncGenerator<LogLine> {
  const { since, signal, followers } = options;
  const cursor = new LogCursor(options.skip);
  let window: Window = { follow: true, signal, sinceSeconds: seconds(since) };
  if (options.tail !== undefined) {
    const lines = await recentLines(connection, id, options.tail, signal);
    for (const line of lines) cursor.isNew(line);
    const wanted = lines.filter(({ time }) => since === undefined || !isBefore(time, since));
    yield* wanted.slice(Math.max(0, wanted.length - options.tail));
    window = { ...window, sinceSeconds: cursor.resume() ?? seconds(since) };
  }
  for (;;) {
    const started = await startOf(connection, id, signal);
    if (started === undefined) return;
    const leave = followers?.enter(id);
    try {
      // A followed log may end before its end, so what it left is read behind it.
      for (const follow of [true, false]) {
        for await (const line of openLog(connection, id, { ...window, follow })) {
          if (since !== undefined && isBefore(line.time, since)) continue;
          if (cursor.isNew(line)) yield line;
        }
        signal?.throwIfAborted();
        window = { signal, follow, sinceSeconds: cursor.resume() ?? seconds(since) };
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (isFailure(error, 404)) return;
      throw error;
    } finally {
      leave?.();
    }
    if (!(await nextStart(connection, id, started, signal))) return;
  }
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

async function* openLog(
  connection: Connection,
  id: string,
  window: Window,
): AsyncGenerator<LogLine> {
  const { follow, tail, sinceSeconds, signal } = window;
  const answer = await connection.client.stream({
    method: "GET",
    path: containerPath(id, "/logs"),
    query: {
      stdout: true,
      stderr: true,
      timestamps: true,
      follow,
      tail: tail ?? "all",
      since: sinceSeconds,
    },
    signal,
  });
  try {
    yield* stampedLines(frames(answer));
  } catch (error) {
    signal?.throwIfAborted();
    // A followed stream that breaks is looked at again; what was cut off comes with the next one.
    if (!follow || (error as { code?: unknown }).code !== "ECONNRESET") throw error;
  } finally {
    answer.destroy();
  }
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

function seconds(moment: string | undefined): number | undefined {
  return moment === undefined ? undefined : Math.floor(Date.parse(moment) / 1000);
}

/** Compares moments of which one may have nanoseconds. */
function isBefore(one: string, other: string): boolean {
  const order = Date.parse(one) - Date.parse(other);
  return order === 0 ? fraction(one) < fraction(other) : order < 0;
}

function fraction(moment: string): number {
  return Number(`0${/\.\d+/.exec(moment)?.[0] ?? ""}`);
}
