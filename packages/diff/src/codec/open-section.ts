import type { Breather } from "../breather.js";
import { corruptPatch } from "../format/corrupt-patch.js";
import type { PatchLimits } from "../patch-limits.js";
import type { ByteSource } from "../source/byte-source.js";
import { ByteInput } from "./byte-input.js";
import { Bzip2Stream } from "./bzip2/bzip2-stream.js";
import { ChunkReader } from "./chunk-reader.js";
import type { ChunkStream } from "./chunk-stream.js";
import { LzmaStream } from "./lzma/lzma-stream.js";
import { Lzma2Stream } from "./lzma/lzma2-stream.js";
import type { Section } from "./section.js";
import type { SectionReader } from "./section-reader.js";
import { storedStream } from "./stored-stream.js";
import { zlibStream } from "./zlib-stream.js";
import { NodeZstdStream } from "./zstd/node-zstd-stream.js";
import { OwnZstdStream } from "./zstd/own-zstd-stream.js";
import { type ZstdEngine, zstdEngine } from "./zstd/zstd-engine.js";

/**
 * Opens a section of a patch for reading. Nothing is read or allocated before the first bytes are asked for.
 *
 * @param zstd - What expands Zstandard. @default Node's own where it has one, else ours
 * @throws `CORRUPT_PATCH` where the section's sizes can't be
 */
export async function openSection(
  source: ByteSource,
  section: Section,
  limits: PatchLimits,
  breather: Breather,
  zstd: ZstdEngine = zstdEngine(),
): Promise<SectionReader> {
  const { codec, name, offset, rawBytes, storedBytes } = section;
  if (codec === "stored" && rawBytes !== undefined && rawBytes !== storedBytes) {
    throw corruptPatch(name, `${storedBytes} stored bytes can't be ${rawBytes}`, offset);
  }
  if (codec !== "stored" && rawBytes === 0 && storedBytes > 0) {
    throw corruptPatch(name, `${storedBytes} compressed bytes for nothing`, offset);
  }
  const empty = storedBytes === 0 && rawBytes === 0;
  const input = new ByteInput(source, section, breather);
  const stream = empty ? storedStream(input) : streamOf(input, section, limits, zstd);
  return new ChunkReader(section, stream, breather);
}

function streamOf(
  input: ByteInput,
  section: Section,
  limits: PatchLimits,
  zstd: ZstdEngine,
): ChunkStream {
  switch (section.codec) {
    case "stored":
      return storedStream(input);
    case "zlib":
      return zlibStream(input);
    case "bz2":
      return new Bzip2Stream(input);
    case "lzma":
      return new LzmaStream(input, section, limits);
    case "lzma2":
      return new Lzma2Stream(input, section, limits);
    case "zstd":
      return zstd === "node"
        ? new NodeZstdStream(input, section, limits)
        : new OwnZstdStream(input, section, limits);
    default:
      return section.codec satisfies never;
  }
}
