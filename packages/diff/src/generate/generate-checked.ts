import { type GenerateResult, PatchError, type PatchOptions } from "@potassium/core-types";
import { verifyPatch } from "../apply/verify-patch.js";
import { expectApart } from "../file/check-output.js";
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
  await expectApart(fs, { field: "patchPath", path: patchPath }, [
    { field: "oldPath", path: oldPath },
    { field: "newPath", path: newPath },
  ]);
  return await replaceFile(
    fs,
    patchPath,
    async (temporaryPath) => {
      await write(temporaryPath).catch((error: unknown) => {
        throw namedFor(patchPath, temporaryPath, error);
      });
      signal?.throwIfAborted();
      if (options.selfCheck) await verifyPatch(oldPath, temporaryPath, newPath, options);
      return { patchBytes: await fileBytes(fs, temporaryPath) };
    },
    signal,
  );
}

/** The caller knows nothing of the temporary file. */
function namedFor(path: string, temporaryPath: string, error: unknown): unknown {
  if (!(error instanceof PatchError) || !error.message.includes(temporaryPath)) return error;
  const { code, cause } = error;
  return new PatchError(code, error.message.replaceAll(temporaryPath, path), { cause });
}

async function fileBytes(fs: FileSystem, path: string): Promise<number> {
  const file = await FileSource.open(fs, path);
  await file.close();
  return file.sizeBytes;
}
