import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { AbortOptions } from "@potassium/core-types";

/**
 * Writes a file of which others see the old whole or the new whole, whatever happens, a loss of power included. It is
 * made beside the old one, by a name of its own; where this fails, it is taken away.
 */
export async function writeWholeFile(
  path: string,
  pieces: Iterable<string>,
  { signal }: AbortOptions,
): Promise<void> {
  const folder = dirname(path);
  const made = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  const file = await open(made, "wx", 0o600);
  try {
    try {
      await writePieces(file, pieces, signal);
      await file.sync();
    } finally {
      await file.close();
    }
    signal?.throwIfAborted();
    await rename(made, path);
  } catch (error) {
    await rm(made, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

async function writePieces(
  file: FileHandle,
  pieces: Iterable<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const piece of pieces) {
    signal?.throwIfAborted();
    await file.appendFile(piece);
    // Making a piece takes a while: others get their turn.
    await setImmediate();
  }
}

/** Without it, the rename may be lost with the power. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
