import type { Effort, WrittenCodec } from "../../compress/written-codec.js";

/** What "auto" is: lzma2, whose patches are the smallest, and where time counts zlib. */
export function chosenCodec(codec: WrittenCodec | "auto", effort: Effort): WrittenCodec {
  if (codec !== "auto") return codec;
  return effort === "fast" ? "zlib" : "lzma2";
}
