/** A stretch of a patch file that holds one stream of bytes, stored or compressed. */
export interface Section {
  /** What an error calls it: "covers", "diff block". */
  readonly name: string;
  /** Where it starts in the patch file. */
  readonly offset: number;
  /** How many bytes it takes in the patch file. */
  readonly storedBytes: number;
  /** What it expands to. `undefined`: what comes out, as in BSDIFF40; `maxRawBytes` then bounds it. */
  readonly rawBytes: number | undefined;
  /** A bound for a section of unknown size. */
  readonly maxRawBytes?: number | undefined;
  /** How it is compressed. */
  readonly codec: Codec;
}

/** The ways in which a section may be compressed; "stored" is none. */
export type Codec = "stored" | "zlib" | "bz2" | "lzma" | "lzma2" | "zstd";
