import { randomBytes } from "../compress/lzma2/block-content.js";
import { Random } from "../fuzz/random.js";

export interface Pair {
  readonly old: Uint8Array;
  readonly next: Uint8Array;
}

/** Two files of about so many bytes each. */
export type MakePair = (sizeBytes: number) => Pair;

const zeros = (sizeBytes: number): Uint8Array => new Uint8Array(sizeBytes);

function filled(sizeBytes: number, byteAt: (at: number) => number): Uint8Array {
  const bytes = zeros(sizeBytes);
  for (let at = 0; at < sizeBytes; at += 1) bytes[at] = byteAt(at);
  return bytes;
}

function joined(sizeBytes: number, parts: Iterable<Uint8Array>): Uint8Array {
  const bytes = zeros(sizeBytes);
  let at = 0;
  for (const part of parts) {
    if (at >= sizeBytes) break;
    bytes.set(part.subarray(0, sizeBytes - at), at);
    at += part.length;
  }
  return bytes;
}

/** A random byte now and then. */
function sprinkled(bytes: Uint8Array, every: number, seed: number): Uint8Array {
  const random = new Random(seed, every);
  const changed = bytes.slice();
  for (let at = random.below(every); at < bytes.length; at += 1 + random.below(2 * every)) {
    changed[at] = random.below(256);
  }
  return changed;
}

/** Random phrases of `period` bytes, again and again. */
const phrased = (sizeBytes: number, period: number, seed = 1): Uint8Array => {
  const phrase = randomBytes(period, seed);
  return filled(sizeBytes, (at) => phrase[at % period] as number);
};

const word = (...text: string[]): Uint8Array => Uint8Array.from(Buffer.from(text.join("")));

function* forever(make: (number: number) => Uint8Array): Generator<Uint8Array, void, void> {
  for (let number = 0; ; number += 1) yield make(number);
}

/** What a shift register of 32 bits goes through: no four bytes in a row come up twice, wherever a byte begins. */
function deBruijn(sizeBytes: number): Uint8Array {
  const bytes = zeros(sizeBytes);
  // A register whose polynomial is primitive goes through all of its states but 0.
  let state = 0x12345;
  for (let at = 0; at < sizeBytes; at += 1) {
    let byte = 0;
    for (let bit = 0; bit < 8; bit += 1) {
      byte = (byte << 1) | (state & 1);
      state = (state >>> 1) ^ (state & 1 ? 0xa3000000 : 0);
    }
    bytes[at] = byte;
  }
  return bytes;
}

function fibonacci(sizeBytes: number): Uint8Array {
  let [shorter, word] = [Uint8Array.of(97), Uint8Array.of(97, 98)];
  while (word.length < sizeBytes) {
    [shorter, word] = [word, new Uint8Array(Buffer.concat([word, shorter]))];
  }
  return word.slice(0, sizeBytes);
}

/** Blocks that differ in a few bytes of theirs only. */
const numbered = (number: number): Uint8Array =>
  word(`record ${String(number).padStart(9, "0")}: size=${(number * 7919) % 1000}, name=item\n`);

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = new Random(seed, 0);
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

const recordsOf = (sizeBytes: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(sizeBytes / numbered(0).length) }, (_, number) =>
    numbered(number),
  );

const phrases =
  (period: number): MakePair =>
  (size) => ({
    old: phrased(size, period),
    next: sprinkled(phrased(size, period), 700, 2),
  });

/** Stretches of the old file that agree with the new one for `agreeing` bytes, and then differ in one. */
const almost =
  (agreeing: number): MakePair =>
  (size) => {
    const pattern = phrased(size, 257);
    const old = pattern.slice();
    const next = pattern.slice();
    for (let at = agreeing; at < size; at += agreeing + 1) next[at] = (next[at] as number) ^ 0x55;
    for (let at = agreeing >> 1; at < size; at += agreeing + 3)
      old[at] = (old[at] as number) ^ 0xaa;
    return { old, next };
  };

/**
 * Marks among zeros. Each alignment, found at the next mark of the new file, has fewer marks of the old one beside what came
 * before, and the n-th of them later, than the alignment before it had: so it explains all of it better, and takes it over.
 */
const everBetter: MakePair = (size) => {
  const old: Uint8Array[] = [];
  const next: Uint8Array[] = [];
  for (let number = 0, nextBytes = 0; nextBytes < size; number += 1) {
    const part = betterAndBetter(number);
    old.push(part.old);
    next.push(part.next);
    nextBytes += part.next.length;
  }
  return { old: Buffer.concat(old), next: Buffer.concat(next) };
};

function betterAndBetter(seed: number): Pair {
  const [count, gap, between] = [1900, 32, 48];
  const head = count * gap;
  // Where the marks of the old file are: twice as many of them go by as are new in each step.
  const places = Array.from({ length: count }, (_, mark) => mark * gap);
  for (let step = 0; step < count; step += 1) {
    places.push((places[2 * step] as number) + head + between * step);
  }
  const mark = (number: number) => randomBytes(10, 1 + number + seed * 10_000);
  const old = zeros((places.at(-1) as number) + 64);
  for (const [number, place] of places.entries()) old.set(mark(number), place);
  const next = zeros(head + between * count);
  for (let step = 0; step < count; step += 1) next.set(mark(count + step), head + between * step);
  return { old, next };
}

/** Mostly one byte: on any alignment more than half of the bytes are equal. */
const biased =
  (share: number): MakePair =>
  (size) => {
    const make = (seed: number) => {
      const random = new Random(seed, 3);
      return filled(size, () => (random.chance(share) ? 0 : random.below(256)));
    };
    const marks = randomBytes(4096, 5);
    const [old, next] = [make(1), make(2)];
    const random = new Random(9, 9);
    // What leads to one false alignment after the other.
    for (let at = 0; at + 40 < size; at += 64) {
      const mark = 16 * random.below(250);
      old.set(marks.subarray(mark, mark + 20), at);
      next.set(marks.subarray(16 * random.below(250)).subarray(0, 20), at + random.below(40));
    }
    return { old, next };
  };

/** The present alignment is worse in eight bytes of each stretch alone, so that others are looked at long and in vain. */
const hardlyWorse: MakePair = (size) => {
  const pattern = phrased(size, 17);
  const head = randomBytes(64, 3);
  const old = pattern.slice();
  const half = (size >> 1) & ~7;
  old.set(head, half);
  for (let at = half + 5000; at + 16 < size; at += 4120) {
    for (let i = 0; i < 16; i += 2) old[at + i] = (old[at + i] as number) ^ 0x33;
  }
  const next = old.slice();
  next.copyWithin(0, half);
  const rest = phrased(size, 17);
  for (let at = 64; at < size; at += 1) next[at] = rest[(half + at) % 17] as number;
  return { old, next };
};

/** Pieces that came from everywhere, each a little longer than a block. */
const mosaic =
  (pieceBytes: number): MakePair =>
  (size) => {
    const old = randomBytes(size, 4);
    const random = new Random(7, pieceBytes);
    const piece = () => {
      const at = 8 * random.below(Math.floor((size - pieceBytes - 16) / 8));
      return old.subarray(at, at + pieceBytes);
    };
    return { old, next: joined(size, forever(piece)) };
  };

/** Pairs on which a matcher may do much for little. */
export const hardPairs: readonly (readonly [name: string, make: MakePair])[] = [
  ["all zeros", (size) => ({ old: zeros(size), next: zeros(size) })],
  [
    "zeros, with some other byte here and there",
    (size) => ({ old: sprinkled(zeros(size), 900, 1), next: sprinkled(zeros(size), 900, 2) }),
  ],
  [
    "zeros, with other bytes everywhere",
    (size) => ({ old: sprinkled(zeros(size), 12, 1), next: sprinkled(zeros(size), 12, 2) }),
  ],
  [
    "periods of two bytes, out of step",
    (size) => ({ old: filled(size, (at) => at & 1), next: filled(size, (at) => ~at & 1) }),
  ],
  ...[3, 7, 16, 17, 64, 255, 300].map((period) => [`period ${period}`, phrases(period)] as const),
  [
    "one period in another",
    (size) => ({
      old: phrased(size, 48),
      next: joined(
        size,
        forever((n) => phrased(200, 48).subarray(n % 48)),
      ),
    }),
  ],
  [
    "a de Bruijn-like row",
    (size) => ({ old: deBruijn(size), next: deBruijn(size + 999).slice(999) }),
  ],
  [
    "sorted and shuffled records",
    (size) => ({
      old: joined(size, recordsOf(size)),
      next: joined(size, shuffled(recordsOf(size), 1)),
    }),
  ],
  [
    "records in reverse",
    (size) => ({
      old: joined(size, recordsOf(size)),
      next: joined(size, recordsOf(size).reverse()),
    }),
  ],
  [
    "Fibonacci words",
    (size) => ({ old: fibonacci(size), next: sprinkled(fibonacci(size), 400, 3).subarray(3) }),
  ],
  [
    "one word again and again, with rare changes",
    (size) => ({
      old: sprinkled(
        joined(
          size,
          forever(() => word("potassium ")),
        ),
        2000,
        1,
      ),
      next: sprinkled(
        joined(
          size,
          forever(() => word("potassium ")),
        ),
        2000,
        2,
      ),
    }),
  ],
  ...[64, 4096, 4097, 9000].map(
    (agreeing) =>
      [`stretches that agree for ${agreeing} bytes, then differ`, almost(agreeing)] as const,
  ),
  ["alignments of which each explains all before it better", everBetter],
  ...[0.55, 0.7, 0.85, 0.95].map(
    (share) =>
      [`${Math.round(100 * share)} % zeros, and marks of other places`, biased(share)] as const,
  ),
  ["an alignment that is hardly worse than many others", hardlyWorse],
  ...[17, 24, 40, 90].map((bytes) => [`a mosaic of ${bytes} bytes`, mosaic(bytes)] as const),
  ["random bytes", (size) => ({ old: randomBytes(size, 1), next: randomBytes(size, 2) })],
  [
    "a short old file, again and again",
    (size) => ({ old: randomBytes(100, 1), next: sprinkled(phrased(size, 100), 60, 4) }),
  ],
];
