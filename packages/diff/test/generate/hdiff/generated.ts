import * as nodeFileSystem from "node:fs/promises";
import {
  type GenerateHdiffOptions,
  generateHdiff,
} from "../../../src/generate/hdiff/generate-hdiff.js";
import { hdiff } from "../../../src/index.js";
import { WorkFolder } from "../../fixture/work-folder.js";

export type GenerateSettings = Partial<GenerateHdiffOptions>;

/** The patch of a pair of files in memory. Stored, and made in the calling thread where the files are small. */
export async function generated(
  old: Uint8Array,
  next: Uint8Array,
  settings: GenerateSettings = {},
  folder?: WorkFolder,
): Promise<Buffer> {
  const work = folder ?? (await WorkFolder.make());
  const oldPath = await work.write("old", old);
  const newPath = await work.write("new", next);
  await nodeFileSystem.rm(work.path("patch"), { force: true });
  await generateHdiff({ oldPath, newPath }, work.path("patch"), {
    ...{ fs: nodeFileSystem, codec: "stored", effort: "balanced" },
    ...settings,
  });
  return await work.read("patch");
}

export async function appliesTo(old: Uint8Array, patch: Uint8Array, next: Uint8Array) {
  return Buffer.compare(await hdiff.applyBytes(old, patch), next) === 0;
}
