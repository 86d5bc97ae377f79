import { unlink } from "node:fs/promises";
import { findServerFile, noSuchFile } from "./server-file.js";

/** @throws {ProviderError} `NOT_FOUND` */
export async function deleteServerFile(root: string, path: string): Promise<void> {
  const { hostPath, stats } = await findServerFile(root, path);
  if (stats === undefined) throw noSuchFile(path);
  await unlink(hostPath).catch((error: unknown) => {
    const gone = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw gone ? noSuchFile(path) : error;
  });
}
