import fc from "fast-check";
import { sampleContent } from "../../codec/sample-content.js";
import { randomBytes } from "../../compress/lzma2/block-content.js";

export interface Pair {
  readonly old: Buffer;
  readonly next: Buffer;
}

/** A share of a length, so that edits shrink without regard to the content's size. */
const share = fc.integer({ min: 0, max: 1_000 });

const kinds = [
  "insert",
  "delete",
  "move",
  "copy",
  "xor",
  "pointers",
  "swap",
  "zero",
  "cut",
] as const;

const edit = fc.record({
  kind: fc.constantFrom(...kinds),
  at: share,
  to: share,
  length: fc.oneof(fc.nat(40), fc.nat(3_000), fc.nat(60_000)),
  value: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
});

type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

/** What releases of programs and assets do to their files. */
function edited(bytes: Buffer, { kind, at, to, length, value }: Edit): Buffer {
  const start = Math.floor((bytes.length * at) / 1_000);
  const place = Math.floor((bytes.length * to) / 1_000);
  const end = Math.min(bytes.length, start + length);
  const range = Buffer.from(bytes.subarray(start, end));
  const [before, behind] = [bytes.subarray(0, start), bytes.subarray(end)];
  switch (kind) {
    case "insert":
      return Buffer.concat([before, randomBytes(length, value), bytes.subarray(start)]);
    case "delete":
      return Buffer.concat([before, behind]);
    case "move": {
      const rest = Buffer.concat([before, behind]);
      return Buffer.concat([rest.subarray(0, place), range, rest.subarray(place)]);
    }
    case "copy":
      return Buffer.concat([bytes.subarray(0, place), range, bytes.subarray(place)]);
    case "xor":
      return Buffer.concat([before, range.map((byte) => byte ^ value), behind]);
    case "pointers":
      // Every address in the range moves by as much.
      for (let word = 0; word + 4 <= range.length; word += 4) {
        range.writeUInt32LE((range.readUInt32LE(word) + value) >>> 0, word);
      }
      return Buffer.concat([before, range, behind]);
    case "swap":
      return Buffer.concat([before, range.reverse(), behind]);
    case "zero":
      return Buffer.concat([before, Buffer.alloc(range.length), behind]);
    case "cut":
      return value % 8 === 0
        ? Buffer.alloc(0)
        : Buffer.from(bytes.subarray(0, Math.max(start, 64)));
    default:
      return kind satisfies never;
  }
}

const base = fc
  .record({
    sizeBytes: fc.oneof(
      { weight: 1, arbitrary: fc.nat(40) },
      { weight: 4, arbitrary: fc.nat(30_000) },
      { weight: 1, arbitrary: fc.nat(300_000) },
    ),
    kind: fc.constantFrom("content", "random", "zeros", "pointers"),
    seed: fc.integer({ min: 1, max: 1_000 }),
  })
  .map(({ sizeBytes, kind, seed }): Buffer => {
    switch (kind) {
      case "content":
        return Buffer.from(sampleContent(sizeBytes));
      case "random":
        return Buffer.from(randomBytes(sizeBytes, seed));
      case "zeros":
        return Buffer.alloc(sizeBytes);
      default: {
        const table = Buffer.alloc(sizeBytes);
        for (let at = 0; at + 4 <= sizeBytes; at += 4) {
          table.writeUInt32LE(0x400000 + ((at * seed) % 65_536) * 16, at);
        }
        return table;
      }
    }
  });

/** Two files of which each was made from a common one by edits, none of them larger than about a megabyte. */
export const arbitraryPair: fc.Arbitrary<Pair> = fc
  .tuple(base, fc.array(edit, { maxLength: 2 }), fc.array(edit, { maxLength: 6 }))
  .map(([common, oldEdits, newEdits]) => ({
    old: oldEdits.reduce(edited, common),
    next: newEdits.reduce(edited, common),
  }));
