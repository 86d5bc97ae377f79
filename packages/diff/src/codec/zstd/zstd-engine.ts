import zlib from "node:zlib";

/** What expands Zstandard: Node's own native code, or the decoder in this folder. */
export type ZstdEngine = "node" | "own";

/** Node has Zstandard from 22.15 on. Its types here are an older Node's. */
export function zstdEngine(): ZstdEngine {
  return "createZstdDecompress" in zlib ? "node" : "own";
}
