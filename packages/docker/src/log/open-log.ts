import type { AbortOptions, LogLine } from "@potassium/core-types";
import type { Connection } from "../engine/connection.js";
import { containerPath, type EngineRequest } from "../engine/engine-request.js";
import { frames } from "./frames.js";
import { stampedLines } from "./stamped-lines.js";

/** Which part of a log. */
export interface LogWindow extends AbortOptions {
  readonly follow: boolean;
  readonly tail?: number | undefined;
  readonly sinceSeconds?: number | undefined;
}

/**
 * Reads a container's log once: the lines of each piece of the answer together. Leaving the loop closes
 * the connection.
 *
 * @throws {DockerError} `UNAVAILABLE` where the connection breaks, `BAD_RESPONSE`
 */
export async function* openLog(
  { client }: Connection,
  id: string,
  { follow, tail, sinceSeconds, signal }: LogWindow,
): AsyncGenerator<readonly LogLine[]> {
  const request: EngineRequest = {
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
  };
  const answer = await client.stream(request);
  try {
    yield* stampedLines(frames(answer));
  } catch (error) {
    signal?.throwIfAborted();
    throw (error as { code?: unknown }).code === "ECONNRESET" ? client.lost(error, request) : error;
  } finally {
    answer.destroy();
  }
}
