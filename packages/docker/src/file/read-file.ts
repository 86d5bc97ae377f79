import type { Readable } from "node:stream";
import type { CopyFromOptions } from "@potassium/core-types";
import { extract } from "tar-stream";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { isFailure } from "../engine/engine-failure.js";
import { containerPath } from "../engine/engine-request.js";
import { containerFile } from "./container-path.js";

const defaultMaxBytes = 1024 ** 3;

/** The header of a file's entry in the engine's archive. */
export interface FileHeader {
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The pieces of a file inside a container.
 *
 * @throws {DockerError} `NOT_FOUND`, `TOO_LARGE`, `INVALID_ARGUMENT` (it is no file)
 */
export async function* readFile(
  connection: Connection,
  id: string,
  path: string,
  options: CopyFromOptions = {},
): AsyncGenerator<Uint8Array> {
  const { maxBytes = defaultMaxBytes, signal } = options;
  containerFile(path);
  const answer = await openArchive(connection, id, path, signal);
  const unpacked = answer.pipe(extract());
  // Piping passes on bytes, not errors.
  answer.once("error", (error) => unpacked.destroy(error));
  answer.once("aborted", () => unpacked.destroy(new Error("the connection broke off")));
  try {
    for await (const entry of unpacked) {
      const { type, size = 0 } = entry.header;
      if (type !== "file") {
        throw new DockerError("INVALID_ARGUMENT", `path: ${path} is a ${type}, not a file`, {
          field: "path",
        });
      }
      if (size > maxBytes) {
        throw new DockerError(
          "TOO_LARGE",
          `${path} has ${size} bytes, more than the ${maxBytes} that are wanted`,
        );
      }
      for await (const piece of entry) yield piece as Uint8Array;
      return;
    }
    throw new DockerError("BAD_RESPONSE", `the engine's archive of ${path} is empty`);
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof DockerError
      ? error
      : connection.client.lost(error, { method: "GET", path: containerPath(id, "/archive") });
  } finally {
    answer.destroy();
    unpacked.destroy();
  }
}

/** Owner and permissions of a file, or `undefined` where there is none. */
export async function readHeader(
  connection: Connection,
  id: string,
  path: string,
  signal?: AbortSignal,
): Promise<FileHeader | undefined> {
  let answer: Readable;
  try {
    answer = await openArchive(connection, id, path, signal);
  } catch (error) {
    if ((error as { code?: unknown }).code === "NOT_FOUND") return undefined;
    throw error;
  }
  const unpacked = answer.pipe(extract());
  try {
    for await (const { header } of unpacked) {
      const { size = 0, mode = 0o644, uid = 0, gid = 0, type } = header;
      return type === "file" ? { size, mode, uid, gid } : undefined;
    }
    return undefined;
  } finally {
    answer.destroy();
    unpacked.destroy();
  }
}

export async function openArchive(
  { client }: Connection,
  id: string,
  path: string,
  signal?: AbortSignal,
) {
  try {
    return await client.stream({
      method: "GET",
      path: containerPath(id, "/archive"),
      query: { path },
      signal,
    });
  } catch (error) {
    if (!isFailure(error, 404, 400)) throw error;
    throw new DockerError("NOT_FOUND", `there is no ${path} in server ${id.slice(0, 12)}`, {
      cause: error,
    });
  }
}
