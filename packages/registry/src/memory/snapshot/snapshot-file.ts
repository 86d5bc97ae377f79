import { readFile } from "node:fs/promises";
import { type AbortOptions, RegistryError } from "@potassium/core-types";
import { invalidArgument } from "../../parse-argument.js";
import { readSnapshot } from "./read-snapshot.js";
import type { Snapshot } from "./snapshot.js";
import { snapshotPieces } from "./snapshot-lines.js";
import { writeWholeFile } from "./write-whole-file.js";

/** @throws {RegistryError} `IO_ERROR` */
export async function writeSnapshotFile(
  path: string,
  snapshot: Snapshot,
  options: AbortOptions,
): Promise<void> {
  try {
    await writeWholeFile(path, snapshotPieces(snapshot), options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw ioError(`the snapshot could not be written to ${path}`, error);
  }
}

/** @throws {RegistryError} `NOT_FOUND`, `CORRUPT_SNAPSHOT`, `IO_ERROR` */
export async function readSnapshotFile(path: string, options: AbortOptions): Promise<Snapshot> {
  return readSnapshot(await bytesOf(path, options.signal), path);
}

async function bytesOf(path: string, signal: AbortSignal | undefined): Promise<Buffer> {
  try {
    return await readFile(path, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      const message = `there is no snapshot at ${path}: begin with an empty registry`;
      throw new RegistryError("NOT_FOUND", message, { cause: error, field: "path" });
    }
    throw ioError(`the snapshot at ${path} could not be read`, error);
  }
}

/** @throws {RegistryError} `INVALID_ARGUMENT` */
export function parsePath(path: unknown): string {
  if (typeof path === "string" && path !== "" && !path.includes("\0")) return path;
  throw invalidArgument("invalid path: must be the path of a file", "path");
}

function ioError(what: string, cause: unknown): RegistryError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RegistryError("IO_ERROR", `${what}: ${reason}`, { cause });
}
