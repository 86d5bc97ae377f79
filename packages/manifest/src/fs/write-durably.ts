import { unless } from "./file-system-code.js";
import { syncFolder } from "./sync.js";
import type { UpdateFileSystem } from "./update-file-system.js";

interface Place {
  readonly fs: UpdateFileSystem;
  readonly windows: boolean;
}

/**
 * Writes a small file so that after a power failure it is the old or the new one, whole: under a temporary
 * name, made durable, renamed, and the folder made durable.
 */
export async function writeDurably(
  place: Place,
  folder: string,
  name: string,
  text: string,
): Promise<void> {
  await replaceFile(place, folder, name, text);
  await syncFolder(place, folder);
}

/** The same up to the rename: which of the two is there after a power failure is open until the folder is made durable. */
export async function replaceFile(
  { fs }: Place,
  folder: string,
  name: string,
  text: string,
): Promise<void> {
  const bytes = Buffer.from(text);
  const temporary = `${folder}/${name}.tmp`;
  await unless(["ENOENT"], () => fs.unlink(temporary));
  const file = await fs.open(temporary, "wx", 0o644);
  try {
    for (let done = 0; done < bytes.length; ) {
      done += (await file.write(bytes, done, bytes.length - done, done)).bytesWritten;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await fs.rename(temporary, `${folder}/${name}`);
}
