import { createGunzip, createInflate, createInflateRaw } from "node:zlib";
import type { ByteInput } from "./byte-input.js";
import type { ChunkStream } from "./chunk-stream.js";
import { type Inflater, inflaterOptions, NodeTransform } from "./node-transform.js";

/** Several raw streams in a row were written by old parallel versions of hdiffz, one a block: not by the thousand. */
const freeStreams = 16;
const leastBytesAStream = 4096;

/**
 * A byte with the window's bits, as zlib's `inflateInit2` takes them, and what they announce: -15 to -9 raw
 * deflate, one stream or several in a row; 8 to 15 a zlib stream; 24 to 31 a gzip stream.
 */
export function zlibStream(input: ByteInput): ChunkStream {
  let windowBits: number | undefined;
  let inflater: NodeTransform | undefined;
  /** Bytes that the present inflater had used when its last piece was fed. */
  let usedBefore = 0;
  let streams = 0;
  let outputBytes = 0;
  let finishing = false;

  async function open(): Promise<NodeTransform> {
    if (windowBits === undefined) {
      if ((await input.ensure(1)) === 0) throw input.corrupt("it has no window byte");
      windowBits = ((input.buffer[input.start] as number) << 24) >> 24;
      input.start += 1;
    }
    if (streams > freeStreams + outputBytes / leastBytesAStream) {
      throw input.corrupt("it has more deflate streams than anything writes");
    }
    streams += 1;
    usedBefore = 0;
    inflater = new NodeTransform(inflaterFor(windowBits, input));
    return inflater;
  }

  /** Takes from the input what the inflater used of the last piece. */
  function takeUsed(present: NodeTransform): void {
    input.start += present.usedBytes - usedBefore;
    usedBefore = present.usedBytes;
  }

  async function feed(present: NodeTransform): Promise<void> {
    takeUsed(present);
    if ((await input.ensure(1)) > 0) {
      present.feed(input.buffer.subarray(input.start, input.end));
    } else {
      finishing = true;
      present.finish();
    }
  }

  return {
    async next() {
      for (;;) {
        if (finishing && inflater === undefined) return undefined;
        const present = inflater ?? (await open());
        const pulled = await present.pull().catch((cause: Error) => {
          throw input.corrupt(`it is no whole deflate stream (${cause.message})`, cause);
        });
        switch (pulled.state) {
          case "bytes":
            outputBytes += pulled.bytes.length;
            return pulled.bytes;
          case "hungry":
            await feed(present);
            break;
          case "ended":
            takeUsed(present);
            present.close();
            inflater = undefined;
            if ((await input.ensure(1)) === 0) finishing = true;
            else if (windowBits === undefined || windowBits >= 0) {
              throw input.corrupt("bytes are left behind its end");
            }
            break;
          default:
            pulled satisfies never;
        }
      }
    },
    async close() {
      finishing = true;
      inflater?.close();
      inflater = undefined;
    },
  };
}

function inflaterFor(windowBits: number, input: ByteInput): Inflater {
  // A window of 15 bits reads what was written with any smaller one.
  if (windowBits >= -15 && windowBits <= -9) return createInflateRaw(inflaterOptions);
  if (windowBits >= 8 && windowBits <= 15) return createInflate({ ...inflaterOptions, windowBits });
  if (windowBits >= 24 && windowBits <= 31) {
    return createGunzip({ ...inflaterOptions, windowBits: windowBits - 16 });
  }
  throw input.corrupt(`its window byte is ${windowBits}`);
}
