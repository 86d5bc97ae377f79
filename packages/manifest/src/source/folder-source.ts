import * as nodeFs from "node:fs/promises";
import { join, resolve } from "node:path";
import { optionNames, parseOptions, shownValue } from "@potassium/core-types";
import { fileFailure } from "../file-failure.js";
import type { FileStatus, UpdateFile, UpdateFileSystem } from "../fs/update-file-system.js";
import { invalidArgument } from "../invalid-argument.js";
import { ManifestError } from "../manifest-error.js";
import { checkFileName } from "./check-file-name.js";
import { checkStart } from "./check-start.js";
import type { OpenSourceOptions, UpdateSource } from "./update-source.js";

export interface FolderSourceOptions {
  readonly fs?: Pick<UpdateFileSystem, "lstat" | "open"> | undefined;
}

const names = optionNames<FolderSourceOptions>({ fs: true });
const openNames = optionNames<OpenSourceOptions>({ start: true, signal: true });

const pieceBytes = 2 ** 18;

/**
 * An update in a folder of this machine. No symbolic link below the folder is followed; the folder itself may be one.
 *
 * @throws `INVALID_ARGUMENT`. Its `open` throws `NOT_FOUND`, `UNSAFE_PLACE` (a link or no plain file), `IO_ERROR`.
 */
export function folderSource(path: string, options: FolderSourceOptions = {}): UpdateSource {
  parseOptions(options, names, invalidArgument);
  if (typeof path !== "string" || path === "" || path.includes("\0")) {
    throw invalidArgument(`path must be a folder's path, not ${shownValue(path)}`, "path");
  }
  const root = resolve(path);
  const { fs = nodeFs } = options;
  return Object.freeze({
    name: path,
    async open(file: string, options: OpenSourceOptions = {}) {
      parseOptions(options, openNames, invalidArgument);
      checkFileName(file);
      const start = checkStart(options.start);
      options.signal?.throwIfAborted();
      try {
        const found = await findFile(fs, root, file);
        const chunks = readFrom(fs, join(root, file), found, start, options.signal);
        return { totalBytes: found.size, chunks };
      } catch (error) {
        throw fileFailure(error, join(path, file));
      }
    },
  });
}

async function findFile(
  fs: Pick<UpdateFileSystem, "lstat">,
  root: string,
  file: string,
): Promise<FileStatus> {
  const segments = file.split("/");
  for (let depth = 1; ; depth++) {
    const place = join(root, ...segments.slice(0, depth));
    const status = await fs.lstat(place);
    if (depth === segments.length && status.isFile()) return status;
    if (depth < segments.length && status.isDirectory()) continue;
    if (status.isDirectory() || status.isFile()) {
      throw new ManifestError("NOT_FOUND", `${place} is no ${status.isFile() ? "folder" : "file"}`);
    }
    const message = `${place} is a link or something else that is no plain file: it is not followed`;
    throw new ManifestError("UNSAFE_PLACE", message, { path: place });
  }
}

/** The bytes of a file from `start` on. It is only opened when they are asked for. */
async function* readFrom(
  fs: Pick<UpdateFileSystem, "open">,
  place: string,
  found: FileStatus,
  start: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    signal?.throwIfAborted();
    const file: UpdateFile = await fs.open(place, "r");
    try {
      const opened = await file.stat();
      if (opened.ino !== found.ino || opened.dev !== found.dev) {
        const message = `${place} was exchanged for another file while it was opened`;
        throw new ManifestError("UNSAFE_PLACE", message, { path: place });
      }
      for (let position = start; ; ) {
        signal?.throwIfAborted();
        const piece = new Uint8Array(Math.max(1, Math.min(pieceBytes, opened.size + 1 - position)));
        const { bytesRead } = await file.read(piece, 0, piece.length, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        yield piece.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileFailure(error, place);
  }
}
