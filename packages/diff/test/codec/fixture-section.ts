import { readFileSync } from "node:fs";
import { Breather } from "../../src/breather.js";
import { openSection } from "../../src/codec/open-section.js";
import type { Codec, Section } from "../../src/codec/section.js";
import type { SectionReader } from "../../src/codec/section-reader.js";
import { zstdEngine } from "../../src/codec/zstd/zstd-engine.js";
import type { PatchLimits } from "../../src/patch-limits.js";
import type { ByteSource } from "../../src/source/byte-source.js";
import { sampleContent } from "./sample-content.js";

/** "zstd" is by our own decoder here, on every Node. */
export type TestCodec = Codec | "zstd by Node";

export interface Fixture {
  readonly name: string;
  readonly codec: TestCodec;
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

const small = sampleContent(4000);
const long = sampleContent(300_000);

function fixture(name: string): Fixture {
  const bytes = new Uint8Array(readFileSync(new URL(`fixture/${name}`, import.meta.url)));
  const content = name.startsWith("small") ? small : long;
  return { name, codec: name.slice(name.indexOf(".") + 1) as Codec, bytes, content };
}

/** The Zstandard fixtures once more for Node's own decoder, where there is one. */
function alsoByNode(fixtures: readonly Fixture[]): readonly Fixture[] {
  if (zstdEngine() !== "node") return fixtures;
  const zstd = fixtures.filter(({ codec }) => codec === "zstd");
  return [
    ...fixtures,
    ...zstd.map((each) => ({
      ...each,
      name: `${each.name} by Node`,
      codec: "zstd by Node" as const,
    })),
  ];
}

export const smallFixtures = alsoByNode([
  { name: "small.stored", codec: "stored", bytes: small, content: small },
  ...["small.zlib", "small-wrapper.zlib", "small-gzip.zlib", "small.bz2", "small.lzma"].map(
    fixture,
  ),
  ...["small-marker.lzma", "small.lzma2", "small.zstd", "small-checksum.zstd"].map(fixture),
]);
export const longFixtures = alsoByNode([
  ...["long.zlib", "long.bz2", "long.lzma", "long.lzma2", "long.zstd", "long-fast.zstd"].map(
    fixture,
  ),
]);

export function fixtureOf(name: string): Fixture {
  const found = [...smallFixtures, ...longFixtures].find((each) => each.name === name);
  if (found === undefined) throw new Error(`no fixture is called ${name}`);
  return found;
}

/** A patch in memory that gives at most `most` bytes at a read. */
export function sourceOf(bytes: Uint8Array, most = Number.POSITIVE_INFINITY): ByteSource {
  return {
    name: "the patch",
    sizeBytes: bytes.length,
    async read(position, target) {
      const count = Math.max(0, Math.min(target.length, bytes.length - position, most));
      target.set(bytes.subarray(position, position + count));
      return count;
    },
  };
}

export interface Opening {
  readonly most?: number;
  readonly section?: Partial<Section>;
  readonly limits?: Partial<PatchLimits>;
  readonly signal?: AbortSignal;
}

/** Opens bytes as a section that begins at the patch's start. */
export function open(
  codec: TestCodec,
  bytes: Uint8Array,
  rawBytes: number | undefined,
  opening: Opening = {},
): Promise<SectionReader> {
  return openSection(
    sourceOf(bytes, opening.most),
    {
      name: "fresh data",
      offset: 0,
      storedBytes: bytes.length,
      rawBytes,
      codec: codec === "zstd by Node" ? "zstd" : codec,
      ...opening.section,
    },
    { maxNewBytes: 2 ** 40, maxWindowBytes: 2 ** 26, ...opening.limits },
    new Breather(opening.signal),
    codec === "zstd by Node" ? "node" : "own",
  );
}

/** Reads to the end. */
export async function readAll(reader: SectionReader): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    while (await reader.fill()) {
      chunks.push(reader.buffer.slice(reader.start, reader.end));
      reader.start = reader.end;
    }
    await reader.expectEnd();
  } finally {
    await reader.close();
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Opens and reads to the end. */
export async function expand(
  codec: TestCodec,
  bytes: Uint8Array,
  rawBytes: number | undefined,
  opening: Opening = {},
): Promise<Uint8Array> {
  return readAll(await open(codec, bytes, rawBytes, opening));
}
