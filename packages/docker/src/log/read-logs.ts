import type { LogLine, LogsOptions } from "@potassium/core-types";
import type { Connection } from "../engine/connection.js";
import { isBefore, wholeSeconds } from "./moment.js";
import { openLog } from "./open-log.js";

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
    sinceSeconds: wholeSeconds(since),
  };
  for await (const batch of openLog(connection, id, window)) {
    for (const line of batch) {
      if (since !== undefined && isBefore(line.time, since)) continue;
      if (until !== undefined && !isBefore(line.time, until)) continue;
      lines.push(line);
    }
  }
  return Object.freeze(tail === undefined ? lines : lines.slice(Math.max(0, lines.length - tail)));
}
