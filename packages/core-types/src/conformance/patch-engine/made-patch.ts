import type { PatchEngine } from "../../update/patch-engine.js";
import { edited, text } from "./sample-bytes.js";
import { sha256, type WorkFolder } from "./work-folder.js";

/** An old file and a patch for it in the folder, and what must come out. */
export interface MadePatch {
  readonly oldPath: string;
  readonly patchPath: string;
  /** Where nothing is yet. */
  readonly newPath: string;
  readonly oldBytes: Buffer;
  readonly newBytes: Buffer;
  readonly oldSha256: string;
  readonly newSha256: string;
}

export async function makePatch(
  engine: PatchEngine,
  folder: WorkFolder,
  oldBytes: Buffer = text(20_000),
  newBytes: Buffer = edited(oldBytes),
): Promise<MadePatch> {
  const oldPath = await folder.write("old.bin", oldBytes);
  const wantedPath = await folder.write("wanted.bin", newBytes);
  const patchPath = folder.path("a.patch");
  await engine.generate(oldPath, wantedPath, patchPath);
  return {
    oldPath,
    patchPath,
    newPath: folder.path("new.bin"),
    oldBytes,
    newBytes,
    oldSha256: sha256(oldBytes),
    newSha256: sha256(newBytes),
  };
}
