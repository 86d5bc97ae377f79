import { deflateRawSync, inflateRawSync } from "node:zlib";
import { bunzip2, bzip2, hasBzip2, offt } from "../fixture/bsdiff-encoder.js";
import { varint } from "../fixture/hdiff-encoder.js";

/** A patch taken apart: its name with the type of compression, the integers of its header, and its sections. */
export interface PatchParts {
  readonly magic: string;
  readonly integers: readonly bigint[];
  readonly sections: readonly Buffer[];
}

/** By format: how many integers the header has, and which of them are the sizes of each section. */
interface Layout {
  readonly integers: number;
  /** Of a section's size as it is expanded (where that is told), and as it is stored. */
  readonly sizes: readonly (readonly [raw: number | undefined, packed: number])[];
  readonly isBsdiff: boolean;
}

const layouts: Readonly<Record<string, Layout>> = {
  BSDIFF40: {
    integers: 3,
    sizes: [
      [undefined, 0],
      [undefined, 1],
    ],
    isBsdiff: true,
  },
  "ENDSLEY/BSDIFF43": { integers: 1, sizes: [], isBsdiff: true },
  HDIFF13: {
    integers: 11,
    sizes: [
      [3, 4],
      [5, 6],
      [7, 8],
      [9, 10],
    ],
    isBsdiff: false,
  },
  HDIFFSF20: { integers: 6, sizes: [[4, 5]], isBsdiff: false },
};

const layoutOf = (magic: string): Layout => {
  const layout = layouts[magic.replace(/&.*$/s, "")];
  if (layout === undefined) throw new Error(`no layout of ${magic}`);
  return layout;
};

/** Takes a whole patch apart. */
export function takeApart(patch: Buffer): PatchParts {
  const text = patch.toString("latin1");
  const magic = /^(BSDIFF40|ENDSLEY\/BSDIFF43|HDIFF\w+&[^\0]*\0)/.exec(text)?.[0];
  if (magic === undefined) throw new Error("no patch of a known format");
  const { integers: count, sizes, isBsdiff } = layoutOf(magic);
  let place = magic.length;
  const integers: bigint[] = [];
  for (let index = 0; index < count; index += 1) {
    let value = 0n;
    if (isBsdiff) {
      value = patch.readBigUInt64LE(place);
      place += 8;
    } else {
      for (let more = true; more; place += 1) {
        const byte = patch[place] ?? 0;
        value = value * 128n + BigInt(byte & 0x7f);
        more = byte >= 0x80;
      }
    }
    integers.push(value);
  }
  const sections: Buffer[] = [];
  for (const [raw, packed] of sizes) {
    const stored = integers[packed] || (raw === undefined ? 0n : integers[raw]);
    const end = place + Number(stored);
    sections.push(patch.subarray(place, end));
    place = end;
  }
  // The last section of the bsdiff formats reaches to the end.
  if (isBsdiff) sections.push(patch.subarray(place));
  return { magic, integers, sections };
}

/** Puts a patch together, whatever its header says. */
export function putTogether({ magic, integers, sections }: PatchParts): Buffer {
  const { isBsdiff } = layoutOf(magic);
  const header = integers.map((value) => (isBsdiff ? offt(value) : Buffer.from(varint(value))));
  return Buffer.concat([Buffer.from(magic, "latin1"), ...header, ...sections]);
}

/** The parts with another section in the place of one, and the header's sizes as they then are. */
export function withSection(
  parts: PatchParts,
  index: number,
  section: Buffer,
  raw: Sizes | undefined,
): PatchParts {
  const integers = [...parts.integers];
  const [rawAt, packedAt] = layoutOf(parts.magic).sizes[index] ?? [];
  if (packedAt !== undefined) {
    integers[packedAt] = raw === undefined ? BigInt(section.length) : raw.packed;
    if (rawAt !== undefined && raw !== undefined) integers[rawAt] = raw.raw;
  }
  return { ...parts, integers, sections: parts.sections.toSpliced(index, 1, section) };
}

/** The sizes of a section as a header tells them: `packed` is 0 where it is stored as it is. */
export interface Sizes {
  readonly raw: bigint;
  readonly packed: bigint;
}

/** `undefined` in formats whose header does not tell them. */
export function sizesOf({ magic, integers }: PatchParts, index: number): Sizes | undefined {
  const [rawAt, packedAt] = layoutOf(magic).sizes[index] ?? [];
  if (rawAt === undefined || packedAt === undefined) return undefined;
  return { raw: integers[rawAt] ?? 0n, packed: integers[packedAt] ?? 0n };
}

/** How many bytes the patch makes, by its own header. The highest bit of bsdiff's numbers is a sign; there is a -0. */
export function newBytesOf({ magic, integers }: PatchParts): number {
  return Number(BigInt.asUintN(63, integers[magic === "BSDIFF40" ? 2 : 0] ?? 0n));
}

/** Without the program nothing is changed inside of what bzip2 has compressed. */
const canPack = hasBzip2();

/** What was expanded by a program, which takes longer than all the rest. */
const expanded = new WeakMap<Buffer, Buffer>();

/**
 * The parts with a section changed inside its compression: of those that are stored, compressed by zlib, which Node
 * can write, or the first of a bsdiff patch, with all its integers. `undefined` for others.
 */
export function changedInside(
  parts: PatchParts,
  index: number,
  change: (raw: Buffer) => Buffer,
): PatchParts | undefined {
  const sizes = sizesOf(parts, index);
  const section = parts.sections[index];
  if (layoutOf(parts.magic).isBsdiff && index === 0 && section !== undefined) {
    if (!canPack) return undefined;
    const raw = expanded.get(section) ?? bunzip2(section);
    expanded.set(section, raw);
    return withSection(parts, 0, bzip2(change(raw)), undefined);
  }
  if (sizes === undefined || section === undefined) return undefined;
  if (sizes.packed === 0n) {
    const changed = change(section);
    return withSection(parts, index, changed, { raw: BigInt(changed.length), packed: 0n });
  }
  if (!parts.magic.endsWith("&zlib\0")) return undefined;
  const changed = change(inflateRawSync(section.subarray(1)));
  const packed = Buffer.concat([section.subarray(0, 1), deflateRawSync(changed, { level: 1 })]);
  const after = { raw: BigInt(changed.length), packed: BigInt(packed.length) };
  return withSection(parts, index, packed, after);
}
