import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createBrotliCompress } from "node:zlib";
import type { FileSource } from "../source/file-source.js";

const readAtOnce = 2 ** 20;
/** More would take longer than making the patch does. */
const quality = 5;

/**
 * How many bytes shipping a file whole takes: compressed by Brotli, or as it is where that does not make it smaller.
 *
 * @throws `IO_ERROR`, the signal's reason
 */
export async function wholeSize(file: FileSource, signal?: AbortSignal): Promise<number> {
  let packedBytes = 0;
  const counter = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      packedBytes += chunk.length;
      done();
    },
  });
  const packer = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  await pipeline(Readable.from(readAll(file)), packer, counter, { signal });
  return Math.min(file.sizeBytes, packedBytes);
}

async function* readAll(file: FileSource): AsyncGenerator<Uint8Array, void, void> {
  for (let position = 0; position < file.sizeBytes; ) {
    const room = new Uint8Array(readAtOnce);
    const got = await file.read(position, room);
    position += got;
    yield room.subarray(0, got);
  }
}
