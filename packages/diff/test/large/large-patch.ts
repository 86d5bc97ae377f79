import { encodeBsdiff40, type TestTriple } from "../fixture/bsdiff-encoder.js";
import { coverBytes, type TestCover, varint } from "../fixture/hdiff-encoder.js";
import { type LargePiece, lengthOf, newBytesOf, oldBytes } from "./large-pair.js";

/** Differences as runs: so many zeros, then bytes as they are. */
interface Run {
  readonly zeros: number;
  readonly bytes: Buffer;
}

const ascii = (text: string): number[] => [...Buffer.from(text, "latin1")];

function coversOf(pieces: readonly LargePiece[]): TestCover[] {
  const covers: TestCover[] = [];
  let newPosition = 0;
  for (const piece of pieces) {
    const length = lengthOf(piece);
    if ("from" in piece) covers.push({ oldPosition: piece.from, newPosition, length });
    newPosition += length;
  }
  return covers;
}

const freshOf = (pieces: readonly LargePiece[]): Buffer =>
  Buffer.concat(pieces.flatMap((piece) => ("fresh" in piece ? [piece.fresh] : [])));

/** @param withFresh - Whether the runs go through the fresh bytes too, as zeros. */
function runsOf(pieces: readonly LargePiece[], withFresh: boolean): Run[] {
  const runs: Run[] = [];
  let zeros = 0;
  for (const piece of pieces) {
    if ("fresh" in piece) {
      zeros += withFresh ? piece.fresh.length : 0;
      continue;
    }
    let done = 0;
    for (const { at, bytes } of piece.differences) {
      runs.push({ zeros: zeros + at - done, bytes });
      zeros = 0;
      done = at + bytes.length;
    }
    zeros += piece.length - done;
  }
  return [...runs, { zeros, bytes: Buffer.alloc(0) }];
}

export function largeHdiff13(pieces: readonly LargePiece[]): Buffer {
  const covers = coversOf(pieces);
  const coverPart = coverBytes(covers);
  const runs = runsOf(pieces, true);
  const run = (length: number, tag: number) =>
    length === 0 ? [] : varint(length - 1, { tag, tagBits: 2 });
  const control = runs.flatMap(({ zeros, bytes }) => [...run(zeros, 0), ...run(bytes.length, 3)]);
  const code = Buffer.concat(runs.map(({ bytes }) => bytes));
  const fresh = freshOf(pieces);
  const sizes = [coverPart, control, code, fresh].flatMap(({ length }) => [length, 0]);
  const integers = [newBytesOf(pieces), oldBytes, covers.length, ...sizes];
  const header = [...ascii("HDIFF13&\0"), ...integers.flatMap((value) => varint(value))];
  return Buffer.concat([Buffer.from([...header, ...coverPart, ...control]), code, fresh]);
}

/** All in one step. Ends with fresh bytes, so with an empty cover. */
export function largeHdiffSf20(pieces: readonly LargePiece[]): Buffer {
  const covers = coversOf(pieces);
  const last = covers.at(-1) as TestCover;
  const newPosition = newBytesOf(pieces);
  covers.push({ oldPosition: last.oldPosition + last.length, newPosition, length: 0 });
  const coverPart = Buffer.from(coverBytes(covers));
  const runs = runsOf(pieces, false).map(({ zeros, bytes }) =>
    Buffer.concat([Buffer.from([...varint(zeros), ...varint(bytes.length)]), bytes]),
  );
  const rle = Buffer.concat(runs);
  const counts = Buffer.from([...varint(coverPart.length), ...varint(rle.length)]);
  const body = Buffer.concat([counts, coverPart, rle, freshOf(pieces)]);
  const stepBytes = coverPart.length + rle.length;
  const integers = [newPosition, oldBytes, covers.length, stepBytes, body.length, 0];
  const header = [...ascii("HDIFFSF20&\0"), ...integers.flatMap((value) => varint(value))];
  return Buffer.concat([Buffer.from(header), body]);
}

/** Every difference is written out, so the pieces must be small. */
export function largeBsdiff40(pieces: readonly LargePiece[]): Buffer {
  const triples: TestTriple[] = [];
  const differences: Buffer[] = [];
  let oldPosition = 0;
  for (const piece of pieces) {
    if ("fresh" in piece) {
      triples.push([0n, BigInt(piece.fresh.length), 0n]);
      continue;
    }
    triples.push([0n, 0n, BigInt(piece.from - oldPosition)], [BigInt(piece.length), 0n, 0n]);
    oldPosition = piece.from + piece.length;
    const bytes = Buffer.alloc(piece.length);
    for (const difference of piece.differences) bytes.set(difference.bytes, difference.at);
    differences.push(bytes);
  }
  const newBytes = BigInt(newBytesOf(pieces));
  return encodeBsdiff40(newBytes, triples, Buffer.concat(differences), freshOf(pieces));
}
