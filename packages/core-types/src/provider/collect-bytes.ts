import { PotassiumError } from "../error/potassium-error.js";

/**
 * The pieces of a stream as one array.
 *
 * @param maxBytes a longer stream is left, and ends in `TOO_LARGE`. @default 1 GiB
 */
export async function collectBytes(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number = 1024 ** 3,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += piece.byteLength;
    if (size > maxBytes) throw new PotassiumError("TOO_LARGE", `more than ${maxBytes} bytes came`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}
