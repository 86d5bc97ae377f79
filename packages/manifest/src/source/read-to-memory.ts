import { ManifestError } from "../manifest-error.js";
import type { UpdateSource } from "./update-source.js";

/**
 * A small file of an update, whole.
 *
 * @throws `TOO_LARGE` above `maxBytes`, of which no more is kept, `BAD_RESPONSE` (cut short), and what the source throws
 */
export async function readToMemory(
  source: UpdateSource,
  file: string,
  options: { readonly maxBytes: number; readonly signal?: AbortSignal | undefined },
): Promise<Uint8Array> {
  const { maxBytes, signal } = options;
  signal?.throwIfAborted();
  const { totalBytes, chunks } = await source.open(file, { signal });
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    length += chunk.length;
    if (Math.max(length, totalBytes ?? 0) > maxBytes) {
      const message = `${file} of ${source.name} has more than ${maxBytes} bytes`;
      throw new ManifestError("TOO_LARGE", message);
    }
    kept.push(chunk);
  }
  signal?.throwIfAborted();
  if (totalBytes !== undefined && totalBytes !== length) {
    const message = `${file} of ${source.name} has ${length} bytes instead of ${totalBytes}`;
    throw new ManifestError("BAD_RESPONSE", message);
  }
  return new Uint8Array(Buffer.concat(kept, length));
}
