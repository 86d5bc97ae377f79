import type { ByteInput } from "./byte-input.js";
import type { ChunkStream } from "./chunk-stream.js";

/** Bytes that stand in the patch as they are. */
export function storedStream(input: ByteInput): ChunkStream {
  return {
    async next() {
      if ((await input.ensure(1)) === 0) return undefined;
      const chunk = input.buffer.subarray(input.start, input.end);
      input.start = input.end;
      return chunk;
    },
    async close() {},
  };
}
