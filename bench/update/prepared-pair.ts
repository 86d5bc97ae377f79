import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { buildUpdate, folderSource, openUpdate, type Update } from "@potassium/manifest";
import type { ReleasePair } from "./release-pairs.js";

/** A pair, and where its measurements leave what they make. */
export interface PreparedPair extends ReleasePair {
  readonly work: string;
  /** Every file of the new release with its hash, to look at what was made. */
  readonly full: Update;
  /** The old release, to be installed. */
  readonly oldFull: Update;
  readonly newBytes: number;
  readonly newFiles: number;
}

export async function preparePair(pair: ReleasePair, work: string): Promise<PreparedPair> {
  const whole = async (folder: string, toVersion: string) => {
    const outDir = join(work, `full-${toVersion}`);
    const options = { engines: [], toVersion, compress: false };
    const report = await buildUpdate(undefined, folder, outDir, options);
    return { report, update: await openUpdate(folderSource(outDir), { allowUnsigned: true }) };
  };
  const { update: oldFull } = await whole(pair.oldDir, "1");
  const { update: full, report } = await whole(pair.newDir, "2");
  const { files, newTreeBytes: newBytes } = report;
  return { ...pair, work, full, oldFull, newBytes, newFiles: files.added + files.copied };
}

/** Bytes of a file, or of all files in a folder. */
export async function bytesOf(path: string): Promise<number> {
  const status = await stat(path);
  if (!status.isDirectory()) return status.size;
  let bytes = 0;
  for (const name of await readdir(path)) bytes += await bytesOf(join(path, name));
  return bytes;
}
