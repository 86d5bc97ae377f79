import type { AbortOptions } from "@potassium/core-types";
import { fileFailure } from "../file-failure.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import { ManifestError } from "../manifest-error.js";
import { PartFile } from "./part-file.js";
import type { UpdateSource } from "./update-source.js";

export interface FetchFileOptions extends AbortOptions {
  /** Below the update's folder. */
  readonly file: string;
  /** SHA-256 that the bytes must have. Without it nothing of an earlier download is used. */
  readonly hash?: string | undefined;
  /** How many bytes it must have. */
  readonly sizeBytes?: number | undefined;
  /** It is refused above this, where `sizeBytes` isn't known. */
  readonly maxBytes: number;
  /** Where it goes. Until it is whole, it is beside it as `.part`. */
  readonly toPath: string;
  readonly fs: Pick<UpdateFileSystem, "lstat" | "open" | "rename" | "unlink">;
  /** Called with all bytes of the file that are here. It goes back to 0 where they proved wrong. */
  readonly onBytes?: ((doneBytes: number) => void) | undefined;
}

/**
 * Downloads a file of an update, fsynced, its hash checked while it is written. What an earlier call has
 * left of it is gone on with. No more than a byte above the size that it should have is ever taken.
 *
 * @throws `HASH_MISMATCH`, `TOO_LARGE`, `BAD_RESPONSE` (cut short), `NO_SPACE`, `IO_ERROR`, and what the source throws
 */
export async function fetchFile(source: UpdateSource, options: FetchFileOptions): Promise<void> {
  const { hash, fs, toPath, onBytes } = options;
  const place = `${toPath}.part`;
  try {
    for (let mayResume = hash !== undefined; ; mayResume = false) {
      const part = await PartFile.open(fs, place, mayResume ? limitOf(options) : 0, options.signal);
      const resumed = part.sizeBytes > 0;
      let stale = false;
      try {
        onBytes?.(part.sizeBytes);
        await fill(part, source, options);
        await part.sync();
      } catch (error) {
        // What an earlier call has left may be of another file.
        stale = resumed && error instanceof ManifestError && restartCodes.has(error.code);
        if (!stale) throw error;
      } finally {
        await part.close();
      }
      const found = part.digest();
      if (!stale && found === (hash ?? found)) return await fs.rename(place, toPath);
      await part.discard();
      if (!resumed) throw mismatch(source, options, found);
    }
  } catch (error) {
    throw fileFailure(error, place);
  }
}

const restartCodes: ReadonlySet<string> = new Set(["BAD_RESPONSE", "TOO_LARGE"]);

const limitOf = ({ sizeBytes, maxBytes }: FetchFileOptions) => sizeBytes ?? maxBytes;

async function fill(part: PartFile, source: UpdateSource, options: FetchFileOptions) {
  const { file, sizeBytes, signal, onBytes } = options;
  const limit = limitOf(options);
  signal?.throwIfAborted();
  if (part.sizeBytes === sizeBytes) return;
  const { totalBytes, chunks } = await source.open(file, { start: part.sizeBytes, signal });
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    if (Math.max(part.sizeBytes + chunk.length, totalBytes ?? 0) > limit) {
      const message = `${file} of ${source.name} has more than the ${limit} bytes that it may have`;
      throw new ManifestError("TOO_LARGE", message);
    }
    await part.append(chunk);
    onBytes?.(part.sizeBytes);
  }
  signal?.throwIfAborted();
  const wanted = sizeBytes ?? totalBytes ?? part.sizeBytes;
  if (part.sizeBytes === wanted) return;
  const message = `${file} of ${source.name} has ${part.sizeBytes} bytes instead of ${wanted}`;
  throw new ManifestError("BAD_RESPONSE", message);
}

function mismatch({ name }: UpdateSource, { file, hash }: FetchFileOptions, found: string) {
  const message = `${file} of ${name} has the hash ${found} instead of ${hash}`;
  return new ManifestError("HASH_MISMATCH", message, { foundHash: found, expectedHash: hash });
}
