import type { PatchLimits } from "../../patch-limits.js";
import type { ByteInput } from "../byte-input.js";
import type { Section } from "../section.js";
import { neededWindow } from "../sliding-window.js";

const magic = 0xfd2fb528;
const longestHeaderBytes = 18;
/** No version of Zstandard writes or reads a larger one. */
const mostWindowBytes = 2 ** 31;
export const mostBlockBytes = 128 * 1024;

/** What the header of a Zstandard frame says, and what follows from it. */
export interface FrameHeader {
  /** How much of the output must be kept. */
  readonly windowBytes: number;
  /** What a block may expand to. */
  readonly blockBytes: number;
  /** The content's size, where it is told. */
  readonly contentBytes: number | undefined;
  /** Four bytes of a checksum follow the last block. */
  readonly checksum: boolean;
  /** The header itself. */
  readonly bytes: Uint8Array;
}

/**
 * Reads a frame's header. Nothing has been allocated by what it says.
 *
 * @see RFC 8878, 3.1.1.1
 * @throws `CORRUPT_PATCH`; `TOO_LARGE` where the window is over the limit
 */
export async function readFrameHeader(
  input: ByteInput,
  section: Section,
  limits: PatchLimits,
): Promise<FrameHeader> {
  const available = await input.ensure(longestHeaderBytes);
  const view = new DataView(input.buffer.buffer, input.buffer.byteOffset + input.start);
  if (available < 5 || view.getUint32(0, true) !== magic) {
    throw input.corrupt("no Zstandard frame begins there");
  }
  const descriptor = view.getUint8(4);
  const singleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
  const sizeBytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
  const dictionaryAt = singleSegment ? 5 : 6;
  const sizeAt = dictionaryAt + dictionaryBytes;
  if (available < sizeAt + sizeBytes) throw input.corrupt("the Zstandard frame ends early");
  if ((descriptor & 8) !== 0) throw input.corrupt("the Zstandard frame's header can't be");
  for (let at = dictionaryAt; at < sizeAt; at++) {
    if (view.getUint8(at) !== 0) throw input.corrupt("the Zstandard frame needs a dictionary");
  }

  const contentBytes = contentSize(view, sizeAt, sizeBytes);
  if (
    contentBytes !== undefined &&
    section.rawBytes !== undefined &&
    contentBytes !== section.rawBytes
  ) {
    throw input.corrupt(`the Zstandard frame tells ${contentBytes} bytes, not ${section.rawBytes}`);
  }
  const exponent = view.getUint8(5) >> 3;
  const mantissa = view.getUint8(5) & 7;
  const declared =
    singleSegment && contentBytes !== undefined
      ? contentBytes
      : 2 ** (10 + exponent) * (1 + mantissa / 8);
  if (declared > mostWindowBytes) throw input.corrupt("the Zstandard frame's window can't be");
  // By what is declared, not by what comes out: Node's decoder allocates it, and a real one is no larger.
  neededWindow({ ...section, rawBytes: declared }, declared, limits.maxWindowBytes);
  const bytes = input.buffer.slice(input.start, input.start + sizeAt + sizeBytes);
  input.start += bytes.length;
  return {
    windowBytes: declared,
    blockBytes: Math.min(declared, mostBlockBytes),
    contentBytes,
    checksum: (descriptor & 4) !== 0,
    bytes,
  };
}

function contentSize(view: DataView, at: number, bytes: number): number | undefined {
  switch (bytes) {
    case 0:
      return undefined;
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    default:
      return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
  }
}
