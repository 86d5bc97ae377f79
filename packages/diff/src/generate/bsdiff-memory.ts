import { totalmem } from "node:os";
import { PatchError } from "@potassium/core-types";

const mebibyte = 2 ** 20;

/** Node itself (41 MB with 20.20) and the tables of bzip2's compressor at level 9 (7.6 MB), rounded up. */
const fixedBytes = 64 * mebibyte;

/** `off_t`, the type of bsdiff's indices: `long` on Windows, 64 bits elsewhere. */
const offsetBytes = process.platform === "win32" ? 4 : 8;

/**
 * bsdiff-node reads a file by one `read()`, of which Linux serves 2^31 - 4096 bytes at most; where `off_t`
 * has 32 bits, it doubles lengths in its score.
 */
export const maxBsdiffFileBytes = process.platform === "win32" ? 2 ** 30 - 1 : 2 ** 31 - 4096;

/**
 * The most memory in bytes that bsdiff-node asks for, with the process that it runs in.
 *
 * By its bsdiff.c: the suffix sort holds the old file and two arrays of `off_t` as long (17 bytes a byte);
 * after it one array goes and the new file comes, with a buffer of its length each for differences and
 * for new bytes. Measured peaks of resident memory on Linux: 17 old + 40 MiB for pairs of 1, 8 and 32 MiB;
 * 2 new + 46 MiB for an empty old file and a new one of 32 MiB, as the two buffers fill up to one file together.
 */
export function bsdiffMemoryBytes(oldBytes: number, newBytes: number): number {
  const sorting = (1 + 2 * offsetBytes) * oldBytes;
  const matching = (1 + offsetBytes) * oldBytes + 3 * newBytes;
  return fixedBytes + Math.max(sorting, matching);
}

/**
 * Half of the machine's memory, or of what the process's control group may have where that is less. Not a
 * share of the memory that is free now: a control group counts cached files as used.
 */
export function defaultMaxMemoryBytes(): number {
  // 0, undefined, or a huge number where nothing is constrained.
  const constrained = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  return Math.floor(Math.min(totalmem(), constrained) / 2);
}

/** @throws `TOO_LARGE` for files that bsdiff can't take, or not within `maxMemoryBytes`. `INVALID_ARGUMENT` */
export function refuseTooLarge(
  files: { readonly oldBytes: number; readonly newBytes: number },
  maxMemoryBytes: number,
): void {
  if (!(maxMemoryBytes > 0)) {
    throw new PatchError("INVALID_ARGUMENT", "maxMemoryBytes must be a positive number of bytes", {
      field: "maxMemoryBytes",
    });
  }
  const { oldBytes, newBytes } = files;
  if (Math.max(oldBytes, newBytes) > maxBsdiffFileBytes) {
    throw new PatchError(
      "TOO_LARGE",
      `bsdiff-node takes files of up to ${maxBsdiffFileBytes} bytes, not ${Math.max(oldBytes, newBytes)}: use hdiff, or engine "tool"`,
    );
  }
  const needed = bsdiffMemoryBytes(oldBytes, newBytes);
  if (needed > maxMemoryBytes) {
    throw new PatchError(
      "TOO_LARGE",
      `bsdiff would take about ${inMebibytes(needed)} of memory for files of ${oldBytes} and ${newBytes} bytes, ` +
        `and may take ${inMebibytes(maxMemoryBytes)}: use hdiff or engine "tool", or allow more by maxMemoryBytes`,
    );
  }
}

export function inMebibytes(bytes: number): string {
  return `${Math.ceil(bytes / mebibyte)} MiB`;
}
