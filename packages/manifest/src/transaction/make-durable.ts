import type { Site } from "./site.js";

/**
 * Gives a file of the updater's own its rights, and makes it last through a power failure. Where that fails it is
 * removed: what is in memory of it may never reach the disk, though a second fsync would say that it did.
 */
export async function makeDurable(site: Site, path: string, mode: number): Promise<void> {
  const { fs, windows } = site;
  // An earlier call may have made it read-only by now.
  const status = await fs.lstat(path);
  if ((status.mode & 0o600) !== 0o600) await fs.chmod(path, 0o600);
  const file = await fs.open(path, "r+");
  try {
    if (!windows) await file.chmod(mode);
    await file.sync();
  } catch (error) {
    await site.plainFs.unlink(path).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}
