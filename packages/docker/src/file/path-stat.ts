import * as z from "zod/mini";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { isFailure } from "../engine/engine-failure.js";
import { containerPath } from "../engine/engine-request.js";

const Stat = z.object({
  size: z.number(),
  mode: z.number(),
  linkTarget: z._default(z.string(), ""),
});

export interface PathStat {
  readonly type: "file" | "folder" | "link" | "other";
  readonly sizeBytes: number;
  /** The permission bits. */
  readonly mode: number;
}

// Go's bits for kinds of files.
const folderBit = 2 ** 31;
const linkBit = 2 ** 27;
const otherBits = 2 ** 26 + 2 ** 25 + 2 ** 24 + 2 ** 21;

/** What is at a path inside a container, or `undefined` where nothing is. */
export async function statPath(
  { client }: Connection,
  id: string,
  path: string,
  signal?: AbortSignal,
): Promise<PathStat | undefined> {
  try {
    const request = {
      method: "HEAD",
      path: containerPath(id, "/archive"),
      query: { path },
      signal,
    } as const;
    const { headers } = await client.plain(request);
    return parseStat(String(headers["x-docker-container-path-stat"]));
  } catch (error) {
    // Docker has 400 where a part of the path is no folder.
    if (isFailure(error, 404, 400)) return undefined;
    throw error;
  }
}

function parseStat(header: string): PathStat {
  try {
    const { size, mode } = Stat.parse(JSON.parse(Buffer.from(header, "base64").toString()));
    const has = (bit: number) => Math.floor(mode / bit) % 2 === 1;
    const other = ((Math.floor(mode / 2 ** 21) * 2 ** 21) % 2 ** 27) & otherBits;
    const type = has(folderBit) ? "folder" : has(linkBit) ? "link" : other !== 0 ? "other" : "file";
    return { type, sizeBytes: size, mode: mode % 0o1000 };
  } catch (error) {
    throw new DockerError(
      "BAD_RESPONSE",
      "the engine's description of a path is not what it should be",
      { cause: error },
    );
  }
}
