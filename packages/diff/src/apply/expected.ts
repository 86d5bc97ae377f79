import { createHash } from "node:crypto";
import { PatchError, type PatchOptions } from "@potassium/core-types";
import { Breather } from "../breather.js";
import type { OldBytes } from "./old-bytes.js";

/** @throws `HASH_MISMATCH` where `actual` is not the `expected` digest */
export function expectDigest(name: string, actual: string, expected: string | undefined): void {
  if (expected === undefined || actual === expected) return;
  throw new PatchError(
    "HASH_MISMATCH",
    `${name} has the SHA-256 digest ${actual}, expected was ${expected}`,
  );
}

/** @throws `TOO_LARGE` */
export function expectNewSize(newBytes: number, maxNewBytes: number): void {
  if (newBytes <= maxNewBytes) return;
  throw new PatchError(
    "TOO_LARGE",
    `the patch makes ${newBytes} bytes, over the limit of ${maxNewBytes} (maxNewBytes)`,
  );
}

/** How much of an old file is hashed at once. */
const pieceBytes = 256 * 1024;

/**
 * The digest of a whole old file. It is read through the pages by which it is then patched, so that what
 * fits into them is read once.
 *
 * @throws `IO_ERROR`; the signal's reason; what `onProgress` throws
 */
export async function hashOld(old: OldBytes, options: PatchOptions): Promise<string> {
  const { signal, onProgress } = options;
  const hash = createHash("sha256");
  const totalBytes = old.sizeBytes;
  const piece = new Uint8Array(Math.min(pieceBytes, totalBytes));
  const breather = new Breather(signal);
  onProgress?.({ phase: "hash", doneBytes: 0, totalBytes });
  for (let doneBytes = 0; doneBytes < totalBytes; ) {
    const wanted = Math.min(pieceBytes, totalBytes - doneBytes);
    for (let copied = 0; copied < wanted; ) {
      copied += old.copy(doneBytes + copied, piece, copied, wanted - copied);
      if (copied < wanted) await old.load(doneBytes + copied);
    }
    await breather.breathe();
    signal?.throwIfAborted();
    hash.update(piece.subarray(0, wanted));
    doneBytes += wanted;
    if (doneBytes < totalBytes) onProgress?.({ phase: "hash", doneBytes, totalBytes });
  }
  onProgress?.({ phase: "hash", doneBytes: totalBytes, totalBytes });
  signal?.throwIfAborted();
  return hash.digest("hex");
}
