import type { Codec } from "../codec/section.js";

/** The ways in which sections are written. */
export type WrittenCodec = Extract<Codec, "stored" | "zlib" | "lzma2" | "zstd">;

/** Those by which parts of a section can be compressed apart from each other. */
export type BlockCodec = Extract<WrittenCodec, "zlib" | "lzma2">;

/** How much time a smaller patch is worth. */
export type Effort = "fast" | "balanced" | "smallest";

/** What names a codec in a patch's header. */
export const compressTypes: Readonly<Record<WrittenCodec, string>> = {
  stored: "",
  zlib: "zlib",
  lzma2: "lzma2",
  zstd: "zstd",
};
