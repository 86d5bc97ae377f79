import { backOffMs, delay } from "@potassium/core-types";
import type { FileSystem } from "./file-system.js";

/** What Windows says of a file that a virus scanner or an indexer has open for a moment. */
const passing = new Set(["EPERM", "EACCES", "EBUSY"]);
/** How long is waited for it in all, in milliseconds. */
const longestWaitMs = 4_000;

export interface RetryOptions {
  readonly signal?: AbortSignal | undefined;
  /** @default process.platform */
  readonly platform?: NodeJS.Platform | undefined;
}

/**
 * Renames a file, on Windows again and again while others hold one of the two.
 *
 * @throws what `fs.rename` throws; the signal's reason, in between
 */
export const renameFile = (
  fs: FileSystem,
  from: string,
  to: string,
  options: RetryOptions = {},
): Promise<void> => retried(() => fs.rename(from, to), options);

/** Removes a file as {@link renameFile} renames one. @throws what `fs.unlink` throws */
export const unlinkFile = (
  fs: FileSystem,
  path: string,
  { platform }: RetryOptions = {},
): Promise<void> => retried(() => fs.unlink(path), { platform });

async function retried(
  work: () => Promise<void>,
  { signal, platform = process.platform }: RetryOptions,
): Promise<void> {
  for (let attempt = 1, leftMs = longestWaitMs; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      if (platform !== "win32" || !passing.has(code) || leftMs <= 0) throw error;
      const waitMs = Math.min(leftMs, backOffMs(attempt, { minMs: 20, maxMs: 500 }));
      leftMs -= waitMs;
      await delay(waitMs, { signal });
    }
  }
}
