import { fileFailure } from "../file-failure.js";
import { ManifestError } from "../manifest-error.js";
import type { DocumentFile, DocumentFileSystem } from "./document-file-system.js";

/**
 * Opens a plain file, gives it to `work` and closes it.
 *
 * @throws `NOT_FOUND`, `UNSAFE_PLACE` (no plain file), `IO_ERROR`, and what `work` throws
 */
export async function openToRead<T>(
  fs: DocumentFileSystem,
  path: string,
  work: (file: DocumentFile, sizeBytes: number) => Promise<T>,
): Promise<T> {
  try {
    // Before it is opened: to open a named pipe would wait for a writer.
    const status = await fs.stat(path);
    if (!status.isFile()) {
      throw new ManifestError("UNSAFE_PLACE", `${path} is no plain file`, { path });
    }
    const file = await fs.open(path, "r");
    try {
      return await work(file, status.size);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileFailure(error, path);
  }
}
