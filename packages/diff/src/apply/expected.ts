import { createHash } from "node:crypto";
import { PatchError, type PatchOptions } from "@potassium/core-types";
import { type OldReader, pageBytes } from "./old-reader.js";

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

/**
 * The digest of a whole old file. It is read through the pages by which it is then patched, so that what
 * fits into them is read once.
 *
 * @throws `IO_ERROR`; the signal's reason; what `onProgress` throws
 */
export async function hashOld(old: OldReader, options: PatchOptions): Promise<string> {
  const { signal, onProgress } = options;
  const hash = createHash("sha256");
  const totalBytes = old.sizeBytes;
  let doneBytes = 0;
  for (let number = 0; doneBytes < totalBytes; number += 1) {
    const page = await old.page(number);
    signal?.throwIfAborted();
    hash.update(page);
    doneBytes = Math.min(totalBytes, (number + 1) * pageBytes);
    if (doneBytes < totalBytes) onProgress?.({ phase: "hash", doneBytes, totalBytes });
  }
  onProgress?.({ phase: "hash", doneBytes, totalBytes });
  signal?.throwIfAborted();
  return hash.digest("hex");
}
