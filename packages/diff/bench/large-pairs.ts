import { existsSync } from "node:fs";
import { mkdir, open, rename, stat } from "node:fs/promises";
import { join } from "node:path";

/** A pair of large files of mixed content, in which about one byte in twenty is changed. */
export interface LargePair {
  readonly name: string;
  readonly oldPath: string;
  readonly newPath: string;
  readonly newBytes: number;
}

const pieceBytes = 2 ** 20;

/**
 * Makes the pair, unless `cache` has it: pieces of a megabyte, in turns of random bytes (as assets that are compressed
 * already), of words, of records with small numbers, and empty. In the new file pieces are moved, cut out, put in and
 * overwritten in places.
 */
export async function largePair(gibibytes: number, cache: string): Promise<LargePair> {
  const folder = join(cache, `generated-${gibibytes}-gib`);
  const oldPath = join(folder, "old");
  const newPath = join(folder, "new");
  if (!existsSync(newPath)) {
    await mkdir(folder, { recursive: true });
    await writeOld(oldPath, gibibytes * 1024);
    await writeNew(`${newPath}.part`, gibibytes * 1024);
    await rename(`${newPath}.part`, newPath);
  }
  const newBytes = (await stat(newPath)).size;
  return { name: `${gibibytes} GiB of mixed data`, oldPath, newPath, newBytes };
}

async function writeOld(path: string, pieces: number): Promise<void> {
  const file = await open(path, "w");
  for (let piece = 0; piece < pieces; piece += 1) await file.write(oldPiece(piece));
  await file.close();
}

async function writeNew(path: string, pieces: number): Promise<void> {
  const file = await open(path, "w");
  for (let piece = 0; piece < pieces; piece += 1) {
    const random = randomNumbers(7_000_000 + piece);
    // One piece in forty has moved here from elsewhere, one is gone, one is new.
    const fate = random() % 40;
    if (fate === 0) continue;
    if (fate === 1) await file.write(oldPiece(9_000_000 + piece));
    const source = fate === 2 ? random() % pieces : piece;
    for (const part of changed(oldPiece(source), random)) await file.write(part);
  }
  await file.close();
}

/** A few stretches of a piece are overwritten, cut out or put in. */
function changed(piece: Buffer, random: () => number): Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
  for (let edits = random() % 4; edits > 0 && at < piece.length; edits -= 1) {
    const until = Math.min(piece.length, at + (random() % (piece.length / 2)));
    parts.push(piece.subarray(at, until));
    at = until;
    const length = 1 + (random() % 20_000);
    const kind = random() % 3;
    if (kind !== 0) parts.push(randomBytes(length, random));
    if (kind !== 1) at = Math.min(piece.length, at + length);
  }
  parts.push(piece.subarray(at));
  return parts;
}

function oldPiece(number: number): Buffer {
  const random = randomNumbers(number);
  switch (number % 4) {
    case 0:
      return randomBytes(pieceBytes, random);
    case 1:
      return wordsOf(random);
    case 2:
      return recordsOf(random);
    default:
      return number % 8 === 3 ? Buffer.alloc(pieceBytes) : randomBytes(pieceBytes, random);
  }
}

function randomBytes(length: number, random: () => number): Buffer {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let i = 0; i < words.length; i += 1) words[i] = random();
  return Buffer.from(words.buffer, 0, length);
}

function wordsOf(random: () => number): Buffer {
  let text = "";
  while (text.length < pieceBytes) text += `${(random() % 5000).toString(36)} `;
  return Buffer.from(text.slice(0, pieceBytes));
}

/** Records of 16 bytes: a number that rises, one that is small, and zeros. */
function recordsOf(random: () => number): Buffer {
  const words = new Uint32Array(pieceBytes / 4);
  let rising = random();
  for (let i = 0; i < words.length; i += 4) {
    rising += random() % 64;
    words[i] = rising;
    words[i + 1] = random() % 256;
  }
  return Buffer.from(words.buffer);
}

/** Marsaglia's xorshift, of 32 bits. */
function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
