import { PatchError } from "@potassium/core-types";
import type { Codec } from "./section.js";

/** The names by which HDiffPatch's tools call a codec, all that hpatchz 4.12 reads. */
const codecs: ReadonlyMap<string, Codec> = new Map([
  ["", "stored"],
  ["zlib", "zlib"],
  ["pzlib", "zlib"],
  ["bz2", "bz2"],
  ["bzip2", "bz2"],
  ["pbz2", "bz2"],
  ["pbzip2", "bz2"],
  ["lzma", "lzma"],
  ["lzma2", "lzma2"],
  ["zstd", "zstd"],
]);

/**
 * The codec that a patch's type string names.
 *
 * @throws `UNSUPPORTED_FORMAT` for any other
 */
export function codecOfType(type: string): Codec {
  const codec = codecs.get(type);
  if (codec !== undefined) return codec;
  throw new PatchError(
    "UNSUPPORTED_FORMAT",
    `the patch is compressed with ${JSON.stringify(type)}, which is not supported: make it with zlib, bz2, lzma, lzma2 or zstd`,
  );
}
