import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { fileFailure } from "../file-failure.js";
import type { DocumentFileSystem } from "./document-file-system.js";

/**
 * Writes a small file: whole under a temporary name beside its place, then renamed. What stood there stays
 * until then, and where it fails.
 *
 * @throws `NOT_FOUND` (the folder), `NO_SPACE`, `IO_ERROR`
 */
export async function saveFile(
  fs: DocumentFileSystem,
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const file = await fs.open(temporary, "wx", 0o644);
    try {
      try {
        for (let done = 0; done < bytes.length; ) {
          const { bytesWritten } = await file.write(bytes, done, bytes.length - done, done);
          done += bytesWritten;
        }
        await file.sync();
      } finally {
        await file.close();
      }
      await fs.rename(temporary, path);
    } catch (error) {
      await fs.unlink(temporary).catch(() => undefined);
      throw error;
    }
  } catch (error) {
    throw fileFailure(error, path);
  }
}
