import { join } from "node:path";
import { fileFailure } from "../file-failure.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import { ManifestError } from "../manifest-error.js";
import type { TreeFile } from "./tree-index.js";

const pieceBytes = 2 ** 20;

/**
 * The bytes of a tree's file, piece by piece; the next is read while one is worked on. A piece is only good
 * until the next is asked for. At the end the file must still be what the walk had found.
 *
 * @throws `IO_ERROR` where it has changed since the walk; `NOT_FOUND`
 */
export async function* readUnchanged(
  fs: Pick<UpdateFileSystem, "open">,
  root: string,
  found: TreeFile,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const place = join(root, found.path);
  const { sizeBytes } = found;
  const room = Math.min(pieceBytes, sizeBytes);
  signal?.throwIfAborted();
  try {
    const file = await fs.open(place, "r");
    let reading: Promise<{ readonly bytesRead: number }> | undefined;
    try {
      let doneBytes = 0;
      const read = (buffer: Uint8Array) => {
        const length = Math.min(room, sizeBytes - doneBytes);
        reading = length === 0 ? undefined : file.read(buffer, 0, length, doneBytes);
        // It may fail before it is waited for, or be left.
        reading?.catch(() => undefined);
      };
      let [full, free] = [new Uint8Array(room), new Uint8Array(sizeBytes > room ? room : 0)];
      read(full);
      while (reading !== undefined) {
        const { bytesRead } = await reading;
        if (bytesRead === 0) throw changed(found);
        signal?.throwIfAborted();
        const piece = full.subarray(0, bytesRead);
        // A short read of a small file has no second buffer yet.
        [full, free] = [free.length === room ? free : new Uint8Array(room), full];
        doneBytes += bytesRead;
        read(full);
        yield piece;
      }
      const { size, mtimeMs } = await file.stat();
      if (size !== sizeBytes || mtimeMs !== found.modifiedMs) throw changed(found);
    } finally {
      await reading?.catch(() => undefined);
      await file.close();
    }
  } catch (error) {
    throw fileFailure(error, place);
  }
}

const changed = ({ path }: TreeFile) =>
  new ManifestError(
    "IO_ERROR",
    `${path} changed while the tree was read: nothing may write to it`,
    {
      path,
    },
  );
