import { ManifestError } from "../manifest-error.js";
import type { DocumentFileSystem } from "./document-file-system.js";
import { openToRead } from "./open-to-read.js";

/**
 * The bytes of a small file.
 *
 * @throws `TOO_LARGE` above `maxBytes`, `NOT_FOUND`, `UNSAFE_PLACE`, `IO_ERROR`
 */
export async function readFile(
  fs: DocumentFileSystem,
  path: string,
  maxBytes: number,
): Promise<Uint8Array> {
  return openToRead(fs, path, async (file, sizeBytes) => {
    if (sizeBytes > maxBytes) throw tooLarge(path, maxBytes);
    // A byte more than it should have, to see that it has grown.
    const bytes = new Uint8Array(sizeBytes + 1);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) return bytes.subarray(0, length);
      length += bytesRead;
    }
    throw new ManifestError("IO_ERROR", `${path} grew while it was read`, { path });
  });
}

const tooLarge = (path: string, maxBytes: number) =>
  new ManifestError("TOO_LARGE", `${path} has more than ${maxBytes} bytes`, { path });
