import { readFileSync } from "node:fs";
import { sampleContent } from "../../codec/sample-content.js";
import { Random } from "../../fuzz/random.js";

export function randomBytes(sizeBytes: number, seed = 1): Uint8Array {
  const random = new Random(seed, 0);
  const bytes = new Uint8Array(sizeBytes);
  for (let at = 0; at < sizeBytes; at += 1) bytes[at] = random.below(256);
  return bytes;
}

/** The same `period` bytes again and again. */
export function periodic(sizeBytes: number, period: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  for (let at = 0; at < sizeBytes; at += 1) bytes[at] = 7 + (at % period) * 31;
  return bytes;
}

/** Long pieces that come back with other bytes around them: matches just too short to be taken at once. */
export function brokenRepeats(sizeBytes: number, pieceBytes: number): Uint8Array {
  const random = new Random(5, pieceBytes);
  const piece = randomBytes(pieceBytes, 9);
  const bytes = new Uint8Array(sizeBytes);
  for (let at = 0; at < sizeBytes; at += pieceBytes) {
    bytes.set(piece.subarray(0, Math.min(pieceBytes, sizeBytes - at)), at);
    bytes[at] = random.below(256);
  }
  return bytes;
}

/** What was there before, with a byte changed now and then. */
export function edited(sizeBytes: number): Uint8Array {
  const random = new Random(3, 0);
  const half = sampleContent(sizeBytes >> 1);
  const bytes = new Uint8Array(Buffer.concat([half, half]));
  for (let at = half.length; at < bytes.length; at += 1 + random.below(90)) {
    bytes[at] = random.below(256);
  }
  return bytes;
}

/** Parts that can't be made smaller among parts that can. */
export function patchwork(sizeBytes: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let size = 0, seed = 1; size < sizeBytes; seed += 1) {
    parts.push(randomBytes(150_000, seed), sampleContent(100_000), new Uint8Array(70_000));
    size += 320_000;
  }
  return new Uint8Array(Buffer.concat(parts)).subarray(0, sizeBytes);
}

/** Source text of this package's own. */
export function text(): Uint8Array {
  const names = [
    "apply/apply-patch.ts",
    "codec/lzma/lzma-symbols.ts",
    "codec/lzma/lzma2-stream.ts",
  ];
  const files = names.map((name) => readFileSync(new URL(`../../../src/${name}`, import.meta.url)));
  return new Uint8Array(Buffer.concat(files));
}

const chunkCoded = 2 ** 16;
const chunkRaw = 2 ** 21;

export const contents: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ["one byte", Uint8Array.of(77)],
  ...[2, 3, 4, 5, 6, 7, 300].map((size) => [`${size} bytes`, sampleContent(size)] as const),
  ...[-1, 0, 1].flatMap((more) => [
    [`random, 64 KiB and ${more}`, randomBytes(chunkCoded + more)] as const,
    [`zeros, 64 KiB and ${more}`, new Uint8Array(chunkCoded + more)] as const,
    [`zeros, 2 MiB and ${more}`, new Uint8Array(chunkRaw + more)] as const,
    [`period 300, 2 MiB and ${more}`, periodic(chunkRaw + more, 300)] as const,
  ]),
  ["random, 200,000 bytes", randomBytes(200_000)],
  ...[1, 2, 3, 4, 5].map((period) => [`period ${period}`, periodic(100_001, period)] as const),
  ["text", text()],
  ["words, numbers and runs", sampleContent(150_000)],
  ["edits", edited(150_000)],
  ["broken repeats", brokenRepeats(100_000, 60)],
  ["patchwork", patchwork(640_000)],
];
