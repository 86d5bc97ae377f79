import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

const gibibyte = 2 ** 30;
const markBytes = 64 * 1024;

/** The old file: nothing but zeros, and marks. One lies across the place at which 32 bits end. */
export const oldBytes = 5 * gibibyte;
const marks = [
  0,
  gibibyte + 12_345,
  2 ** 32 - markBytes / 2,
  4.5 * gibibyte + 7,
  oldBytes - markBytes,
];

/** A stretch of the new file: new bytes, or old ones to which differences are added. */
export type LargePiece =
  | { readonly fresh: Buffer }
  | { readonly from: number; readonly length: number; readonly differences: readonly Difference[] };

interface Difference {
  /** Relative to the start of the piece. Rising, without overlaps. */
  readonly at: number;
  readonly bytes: Buffer;
}

/** Bytes without any zero, which depend on the name alone. */
function noise(name: string, length: number): Buffer {
  const bytes = createHash("shake256", { outputLength: length }).update(name).digest();
  return bytes.map((byte) => byte || 1) as Buffer;
}

const half = 4.5 * gibibyte;

/** The last part of the old file, then all before it: far forwards, and back again. */
export const wholePieces: readonly LargePiece[] = [
  { fresh: noise("head", 100) },
  {
    from: half,
    length: oldBytes - half,
    differences: [
      { at: 1_000, bytes: noise("in a mark", 500) },
      { at: 300_000_000, bytes: noise("in zeros", 70_000) },
    ],
  },
  { fresh: noise("middle", 3) },
  {
    from: 0,
    length: half,
    differences: [{ at: 2 ** 32 - 10, bytes: noise("where 32 bits end", 20) }],
  },
  { fresh: noise("tail", 1_000_000) },
];

/** Little of the old file, from places far apart. */
export const fewPieces: readonly LargePiece[] = [
  { from: 2 ** 32 - 20_000, length: 40_000, differences: [] },
  { fresh: noise("few", 1_000) },
  { from: 10, length: 1_000, differences: [{ at: 3, bytes: noise("few differences", 90) }] },
  { from: oldBytes - 70_000, length: 70_000, differences: [] },
];

export const lengthOf = (piece: LargePiece): number =>
  "fresh" in piece ? piece.fresh.length : piece.length;

export const newBytesOf = (pieces: readonly LargePiece[]): number =>
  pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);

/** Writes the old file, which takes no room where it has no marks. */
export async function writeLargeOld(path: string): Promise<void> {
  await using file = await open(path, "wx");
  await file.truncate(oldBytes);
  for (const mark of marks) await file.write(markOf(mark), 0, markBytes, mark);
}

/** Whether a stretch of the old file has anything but zeros in it. */
export const touchesMark = (start: number, length: number): boolean =>
  marks.some((mark) => start < mark + markBytes && mark < start + length);

const markOf = (mark: number): Buffer => noise(`mark ${mark}`, markBytes);

/** A stretch of the file that the pieces make. */
export function expectedBytes(
  pieces: readonly LargePiece[],
  start: number,
  length: number,
): Buffer {
  const target = Buffer.alloc(length);
  let end = 0;
  for (const piece of pieces) {
    const begin = end;
    end += lengthOf(piece);
    const at = begin - start;
    if ("fresh" in piece) {
      put(target, at, piece.fresh);
      continue;
    }
    for (const mark of marks) {
      const [from, to] = [
        Math.max(mark, piece.from),
        Math.min(mark + markBytes, piece.from + piece.length),
      ];
      if (from >= to) continue;
      put(target, at + from - piece.from, markOf(mark).subarray(from - mark, to - mark));
    }
    for (const difference of piece.differences) {
      for (const [index, byte] of difference.bytes.entries()) {
        const place = at + difference.at + index;
        if (place >= 0 && place < length) target[place] = (target[place] ?? 0) + byte;
      }
    }
  }
  return target;
}

/** As much of the bytes as the target has room for. */
function put(target: Buffer, at: number, bytes: Buffer): void {
  if (at >= target.length || at + bytes.length <= 0) return;
  target.set(bytes.subarray(Math.max(0, -at), target.length - at), Math.max(0, at));
}

/** Places of the new file around which something is. */
export function tellingPlaces(pieces: readonly LargePiece[]): number[] {
  const places: number[] = [];
  let begin = 0;
  for (const piece of pieces) {
    places.push(begin);
    if ("from" in piece) {
      const inside = marks.filter((mark) => mark >= piece.from && mark < piece.from + piece.length);
      places.push(...inside.map((mark) => begin + mark - piece.from));
      places.push(...piece.differences.map(({ at }) => begin + at));
    }
    begin += lengthOf(piece);
  }
  return [...places, begin];
}
