import { createHash } from "node:crypto";
import * as nodeFs from "node:fs/promises";
import {
  type AbortOptions,
  optionNames,
  parseOptions,
  type Sha256Hex,
} from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";
import { progressReporter } from "../progress-reporter.js";
import type { DocumentFileSystem } from "./document-file-system.js";
import { openToRead } from "./open-to-read.js";

export interface HashFileOptions extends AbortOptions {
  readonly fs?: DocumentFileSystem | undefined;
  /** Called after each piece. What it throws ends the call, which rejects with it. */
  readonly onProgress?:
    | ((progress: { readonly doneBytes: number; readonly totalBytes: number }) => void)
    | undefined;
}

const names = optionNames<HashFileOptions>({ fs: true, onProgress: true, signal: true });

const pieceBytes = 2 ** 20;

/**
 * The SHA-256 digest of a file's bytes, in hexadecimal. A link is followed.
 *
 * @throws `NOT_FOUND`, `UNSAFE_PLACE` (no plain file), `IO_ERROR`, `INVALID_ARGUMENT`
 * @example
 * ```ts
 * const oldHash = await hashFile("1.0.0/game.exe");
 * ```
 */
export async function hashFile(path: string, options: HashFileOptions = {}): Promise<Sha256Hex> {
  parseOptions(options, names, invalidArgument);
  const { fs = nodeFs, signal } = options;
  const onProgress = progressReporter(options.onProgress);
  signal?.throwIfAborted();
  return openToRead(fs, path, async (file, totalBytes) => {
    const hash = createHash("sha256");
    const room = Math.min(pieceBytes, Math.max(totalBytes, 1));
    // Two buffers: one is filled while the other is hashed.
    let [full, free] = [new Uint8Array(room), new Uint8Array(room)];
    let doneBytes = 0;
    let next = file.read(full, 0, room, 0);
    for (;;) {
      const { bytesRead } = await next;
      if (bytesRead === 0) return hash.digest("hex");
      signal?.throwIfAborted();
      const piece = full.subarray(0, bytesRead);
      [full, free] = [free, full];
      doneBytes += bytesRead;
      next = file.read(full, 0, room, doneBytes);
      try {
        hash.update(piece);
        onProgress({ doneBytes, totalBytes });
      } catch (error) {
        await next.catch(() => undefined);
        throw error;
      }
    }
  });
}
