import type { GenerateResult, PatchOptions } from "@potassium/core-types";
import { verifyPatch } from "../apply/verify-patch.js";
import type { FileSystem } from "../file/file-system.js";
import { replaceFile } from "../file/replace-file.js";
import { FileSource } from "../source/file-source.js";

export interface GenerateCheckedOptions extends PatchOptions {
  readonly fs: FileSystem;
  readonly maxWindowBytes: number;
  readonly selfCheck: boolean;
}

/** The files of one generation. */
export interface GeneratePaths {
  readonly oldPath: string;
  readonly newPath: string;
  readonly patchPath: string;
}

/**
 * Puts what `write` writes to a temporary path in the patch's place, after it was applied for a check.
 *
 * @throws what `write` throws, `NOT_FOUND` (no such folder), `IO_ERROR`
 */
export async function generateChecked(
  paths: GeneratePaths,
  options: GenerateCheckedOptions,
  write: (temporaryPath: string) => Promise<unknown>,
): Promise<GenerateResult> {
  const { fs, signal } = options;
  const { oldPath, newPath, patchPath } = paths;
  return await replaceFile(
    fs,
    patchPath,
    async (temporaryPath) => {
      await write(temporaryPath);
      signal?.throwIfAborted();
      if (options.selfCheck) await verifyPatch(oldPath, temporaryPath, newPath, options);
      return { patchBytes: await fileBytes(fs, temporaryPath) };
    },
    () => signal?.throwIfAborted(),
  );
}

async function fileBytes(fs: FileSystem, path: string): Promise<number> {
  const file = await FileSource.open(fs, path);
  await file.close();
  return file.sizeBytes;
}
